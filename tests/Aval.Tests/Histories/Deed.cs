using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Histories;

/// <summary>What people do in a company that sells on credit.</summary>
public enum Kind
{
    EnterCustomer, Regroup, ChangePayer, SetLimit, FitLimit, Hold, Unhold, PutRates,
    EnterOrder, ChangeOrder, CancelOrder, Deliver, ReleasePick,
    PostInvoice, IssueInvoice, PostCreditNote, PostReceipt, ClearReceipt, ReturnReceipt, Allocate, WriteOff,
    MoveClock,
}

/// <summary>One thing that somebody does, told by three numbers that choose among what is there: any deed of a history can be left out, and the rest still makes sense.</summary>
public sealed record Deed(Kind Kind, int A, int B, int C)
{
    public override string ToString() => $"{Kind}({A},{B},{C})";
}

/// <summary>Random histories, and the smaller ones of a history that fails.</summary>
public static class Deeds
{
    static Gen<Kind> Kinds => Gen.Frequency(
        Of(2, Kind.EnterCustomer), Of(3, Kind.Regroup), Of(2, Kind.ChangePayer), Of(5, Kind.SetLimit), Of(3, Kind.FitLimit), Of(1, Kind.Hold), Of(4, Kind.Unhold),
        Of(4, Kind.PutRates), Of(24, Kind.EnterOrder), Of(6, Kind.ChangeOrder), Of(4, Kind.CancelOrder), Of(14, Kind.Deliver), Of(4, Kind.ReleasePick),
        Of(16, Kind.PostInvoice), Of(4, Kind.IssueInvoice), Of(4, Kind.PostCreditNote), Of(12, Kind.PostReceipt), Of(5, Kind.ClearReceipt), Of(3, Kind.ReturnReceipt),
        Of(12, Kind.Allocate), Of(3, Kind.WriteOff), Of(7, Kind.MoveClock));

    static (int, Gen<Kind>) Of(int often, Kind kind) => (often, Gen.Constant(kind));

    static Gen<Deed> One =>
        from kind in Kinds
        from a in Gen.Choose(0, 999)
        from b in Gen.Choose(0, 999)
        from c in Gen.Choose(0, 999)
        select new Deed(kind, a, b, c);

    /// <summary>Histories of so many deeds.</summary>
    public static Arbitrary<Deed[]> Histories(int length) => Arb.From(One.ArrayOf(length), Smaller);

    /// <summary>Without a half, a quarter, … of it, and at last without one of its deeds.</summary>
    static IEnumerable<Deed[]> Smaller(Deed[] history)
    {
        for (var part = history.Length / 2; part > 0; part /= 2)
            for (var at = 0; at < history.Length; at += part)
                yield return [.. history[..at], .. history[Math.Min(history.Length, at + part)..]];
    }
}
