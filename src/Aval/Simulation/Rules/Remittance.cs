using System.Globalization;
using Aval.Kernel;

namespace Aval.Simulation;

/// <summary>A payment as the payer's bank tells it to ours.</summary>
/// <param name="Name">The payer's, as banks write it: in capitals, cut where their field ends.</param>
/// <param name="Account">An IBAN with right check digits, of a bank that nobody has.</param>
/// <param name="Says">What the payer wrote; empty where they wrote nothing.</param>
readonly record struct BankEntry(DateOnly Day, Money Amount, string Name, string Account, string Says);

/// <summary>Turns receipts into what a bank tells of them: amount, day and payer as they are, the words with the slips of those who copy numbers by hand.</summary>
sealed class Remittance(SimulationPlan plan, int place)
{
    const int LongestName = 54;
    const string BankCode = "99999999";

    readonly RandomStream slips = new(plan.Seed, place, ChanceOf.Bank);

    /// <summary>Null for what has not come through: the bank knows nothing of it yet.</summary>
    public BankEntry? Of(ReceiptRow receipt, string payer)
    {
        var says = Slipped(receipt.Reference ?? "");
        if (!receipt.Cleared) return null;
        var name = payer.ToUpperInvariant();
        return new BankEntry(receipt.Date, receipt.Amount, name.Length > LongestName ? name[..LongestName] : name, AccountOf(receipt.Payer), says);
    }

    /// <summary>Most references come as they were written; of a hundred some sixteen do not.</summary>
    string Slipped(string reference) => slips.Between(1, 100) switch
    {
        <= 6 => reference.Replace("-", "", StringComparison.Ordinal),
        <= 9 => Swapped(reference),
        <= 12 => reference.Length > 20 ? reference[..20] : reference,
        <= 16 => $"Your invoice {reference} with thanks",
        _ => reference,
    };

    /// <summary>The last two figures in each other's place.</summary>
    static string Swapped(string reference) =>
        reference is [.. var before, var one, var other] && char.IsAsciiDigit(one) && char.IsAsciiDigit(other) ? $"{before}{other}{one}" : reference;

    /// <summary>ISO 13616: the number behind country and check digits is 1 modulo 97 when these stand last.</summary>
    static string AccountOf(string payer)
    {
        var number = string.Concat(payer.Where(char.IsAsciiDigit)).PadLeft(10, '0');
        var rest = (int)(decimal.Parse(BankCode + number + "131400", CultureInfo.InvariantCulture) % 97);
        return string.Create(CultureInfo.InvariantCulture, $"DE{98 - rest:D2}{BankCode}{number}");
    }
}
