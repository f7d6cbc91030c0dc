using Aval.Kernel;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>Keeps how payers pay, in the commit of whatever paid or took back: every settlement by a receipt passes here.</summary>
static class Behaviours
{
    /// <summary>Notes what one command has paid at a root; one row a payer, however many invoices it paid.</summary>
    public static void Note(Case @case, IReadOnlyList<Paid> paid, string root)
    {
        foreach (var ofPayer in paid.GroupBy(part => part.Payer, StringComparer.Ordinal))
        {
            var before = @case.Of(root).Find<PaymentBehaviour>(ofPayer.Key);
            var after = before;
            foreach (var part in ofPayer) after = after?.With(part) ?? PaymentBehaviour.Of(part);
            if (!ReferenceEquals(after, before)) @case.Put(ReceivablesTables.Behaviour, after!, root);
        }
    }

    public static void Note(Case @case, Paid? paid, string root)
    {
        if (paid is { } part) Note(@case, [part], root);
    }
}
