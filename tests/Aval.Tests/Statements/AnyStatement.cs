using System.Collections.Immutable;
using Aval.Kernel;
using Aval.Statements.Rules;

namespace Aval.Tests.Statements;

/// <summary>Makes up statements that balance, the same from the same seed.</summary>
sealed class AnyStatement(int seed)
{
    static readonly string[] Names =
        ["Müller & Söhne GmbH", "Łódź Handel", "O'Neill; Sons", "Ça va SARL", "De Vries B.V.", "A", "A Long Name Of A Company, Told In Both Subfields"];
    static readonly string[] Texts =
    [
        "invoice I-2 thank you", "RE 4711, 4712 und 4713 abzgl. Skonto 2 %", "MARCH",
        "payment of everything that was open at the end of the month of February, with a credit note of ours taken off", "Rechnung/2026/0815",
    ];

    readonly Random random = new(seed);

    public static readonly Currency[] Currencies = [Currency.EUR, Currency.Of("JPY"), Currency.Of("KWD"), Currency.Of("CHF")];

    /// <param name="batches">True lets entries hold several payments.</param>
    /// <param name="oneDay">True books all on one day.</param>
    public BankStatement Next(StatementFormat format, bool batches = false, bool reversals = false, bool oneDay = false)
    {
        var currency = Currencies[random.Next(Currencies.Length)];
        var day = new DateOnly(2024, 1, 1).AddDays(random.Next(900));
        var entries = Enumerable.Range(0, random.Next(1, 8)).Select(_ => Entry(oneDay ? day : day.AddDays(random.Next(3)), batches, reversals)).ToImmutableArray();
        var opening = random.NextInt64(-10_000_000, 10_000_000);
        return new BankStatement(
            format, "DE02120300000000202051", currency, "S" + random.Next(1000), random.Next(1, 400).ToString(System.Globalization.CultureInfo.InvariantCulture), null, true,
            new Balance(opening, currency, day), new Balance(opening + entries.Sum(entry => entry.Amount), currency, day), entries, 0, [], 1);
    }

    BankEntry Entry(DateOnly day, bool batches, bool reversals)
    {
        var sign = random.Next(3) == 0 ? -1 : 1;
        var parts = Enumerable.Range(0, batches ? random.Next(1, 4) : 1).Select(_ => new EntryPart(
            sign * random.NextInt64(1, random.Next(2) == 0 ? 1_000 : 900_000_000), Maybe($"E2E-{random.Next(100_000)}"), batches ? Maybe("RF18539007547034") : null, null, null,
            Maybe($"REF{random.Next(100_000)}"), Maybe(Names[random.Next(Names.Length)]), Maybe("FR7630006000011234567890189"),
            null, Maybe(Texts[random.Next(Texts.Length)]))).ToImmutableArray();
        return new BankEntry(
            1, day, day.AddDays(random.Next(-2, 3)), parts.Sum(part => part.Amount), reversals && random.Next(5) == 0, Maybe($"B{random.Next(1_000_000)}"), "NTRF", parts);
    }

    string? Maybe(string text) => random.Next(4) == 0 ? null : text;
}
