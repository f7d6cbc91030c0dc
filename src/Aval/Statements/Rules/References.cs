namespace Aval.Statements.Rules;

/// <summary>Compares what two files say of one payment.</summary>
static class References
{
    /// <summary>SWIFT leaves sixteen places for a reference and cuts longer ones; so many letters and digits are left at least.</summary>
    const int Cut = 12;

    /// <summary>Shared by references that agree.</summary>
    public static string Beginning(string reference) => BankAccount.Bare(reference) is { Length: > Cut } bare ? bare[..Cut] : BankAccount.Bare(reference);

    /// <summary>Whether a file may tell only this beginning of a longer one.</summary>
    public static bool MayBeCut(string bare) => bare.Length >= Cut;

    /// <summary>1 when both are told and agree, -1 when they differ, 0 when one is not told.</summary>
    public static int Compare(string? left, string? right)
    {
        if (left is null || right is null) return 0;
        var (one, other) = (BankAccount.Bare(left), BankAccount.Bare(right));
        if (one == other) return 1;
        var (shorter, longer) = one.Length < other.Length ? (one, other) : (other, one);
        return shorter.Length >= Cut && longer.StartsWith(shorter, StringComparison.Ordinal) ? 1 : -1;
    }

    /// <summary>How many references agree; null when one contradicts.</summary>
    /// <param name="sameFormat">True where names and texts, too, are written alike.</param>
    public static int? InCommon(EntryPart part, StatementLine line, bool sameFormat)
    {
        var accounts = part.CounterpartyAccount is { } one && line.CounterpartyAccount is { } other && Told.IsLikeIban(one) && Told.IsLikeIban(other) ? Compare(one, other) : 0;
        int[] compared = [Compare(part.EndToEnd, line.EndToEnd), Compare(part.CreditorReference, line.CreditorReference), Compare(part.Mandate, line.Mandate), accounts];
        if (compared.Contains(-1)) return null;
        if (sameFormat && (Compare(part.Counterparty, line.Counterparty) < 0 || Compare(part.Remittance, line.Remittance) < 0)) return null;
        return compared.Count(agrees => agrees > 0) + (Compare(part.BankReference, line.BankReference) > 0 ? 1 : 0);
    }
}
