namespace Aval.Receivables.Rules;

/// <summary>An invoice by how it was paid.</summary>
/// <param name="LastSettled">The latest day on which something counted as settled; null while nothing has.</param>
/// <param name="GivenUp">Something of it was written off.</param>
public readonly record struct DueInvoice(string Payer, string Number, DateOnly DueDate, bool IsOpen, DateOnly? LastSettled, bool GivenUp)
{
    /// <summary>Given up, or not settled within so many calendar days of its due date, as far as <paramref name="today"/> tells.</summary>
    public bool WentBad(int days, DateOnly today) => GivenUp || (IsOpen ? today : LastSettled ?? DueDate) > DueDate.AddDays(days);
}
