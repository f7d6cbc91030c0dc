using System.Collections.Immutable;

namespace Aval.Statements.Rules;

/// <summary>Which of the payments that an account has received the bank takes back with a reversal.</summary>
public static class TakenBack
{
    /// <summary>What banks write where the payer gave no number.</summary>
    const string NotProvided = "NOTPROVIDED";

    /// <param name="received">Lines of the account that became receipts, of the reversal's amount and not later.</param>
    /// <returns>The number of the one receipt that shares a reference with it; and all that do not contradict it. None is taken back twice.</returns>
    public static (string? Sure, ImmutableArray<StatementLine> Possible) Among(StatementLine reversal, IEnumerable<StatementLine> received)
    {
        var possible = received.Select(line => (Line: line, Common: InCommon(reversal, line))).Where(one => one.Common is not null).ToList();
        var named = possible.Where(one => one.Common > 0).ToList();
        return (named is [var only] ? only.Line.Receipt : null, [.. (named.Count > 0 ? named : possible).Select(one => one.Line)]);
    }

    /// <summary>How many references agree; null where the payer's own number, the mandate or the account is another. The bank numbers the way back anew.</summary>
    static int? InCommon(StatementLine reversal, StatementLine line)
    {
        int[] payers =
        [
            References.Compare(Told(reversal.EndToEnd), Told(line.EndToEnd)), References.Compare(reversal.CreditorReference, line.CreditorReference),
        ];
        int[] others = [References.Compare(reversal.Mandate, line.Mandate), References.Compare(reversal.CounterpartyAccount, line.CounterpartyAccount)];
        if (payers.Contains(-1) || others.Contains(-1)) return null;
        var bank = References.Compare(reversal.EntryReference ?? reversal.BankReference, line.EntryReference ?? line.BankReference);
        return payers.Count(agrees => agrees > 0) + (bank > 0 ? 1 : 0);
    }

    static string? Told(string? endToEnd) => endToEnd == NotProvided ? null : endToEnd;
}
