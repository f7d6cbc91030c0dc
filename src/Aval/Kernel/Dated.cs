namespace Aval.Kernel;

/// <summary>A document's number with a date that matters. In order of the dates, of one date by number.</summary>
public readonly record struct Dated(DateOnly Date, string Number) : IComparable<Dated>
{
    public int CompareTo(Dated other)
    {
        var byDate = Date.CompareTo(other.Date);
        return byDate != 0 ? byDate : string.CompareOrdinal(Number, other.Number);
    }

    public static bool operator <(Dated left, Dated right) => left.CompareTo(right) < 0;
    public static bool operator >(Dated left, Dated right) => left.CompareTo(right) > 0;
    public static bool operator <=(Dated left, Dated right) => left.CompareTo(right) <= 0;
    public static bool operator >=(Dated left, Dated right) => left.CompareTo(right) >= 0;
}
