using Aval.Cover.Rules;
using Aval.Cover;
using Aval.Disputes.Rules;
using Aval.Disputes;
using Aval.Kernel.Storage;
using Aval.Kernel;
using Aval.Limits;
using Aval.Policies.Rules;
using Aval.Promises.Rules;
using Aval.Promises;
using Aval.Web;
using Aval.Work.Rules;
using static Aval.Web.Translated;

namespace Aval.Checks;

/// <summary>One matter that lies beside a payer's figures, in words.</summary>
/// <param name="What">A dispute of an invoice, a promise, a cover.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Tag">The colour of the state.</param>
public sealed record PayerMatter(string Number, string What, Money Amount, DateOnly Until, string UntilWord, string State, string Tag)
{
    /// <summary>Its page; null where it has none.</summary>
    public string? To { get; init; }

    /// <summary>What waits for approval, and who looks and may answer it; null where nothing does, or they may not.</summary>
    public (WorkItem Item, Actor Actor)? Request { get; init; }
}

/// <summary>What is argued about, promised and secured with a payer: disputes that stand, promises to pay and to credit, and who bears the loss else.</summary>
static class PayerMatters
{
    /// <summary>Shown at most; a list that is longer belongs to whoever works on it.</summary>
    const int Most = 12;

    public static IReadOnlyList<PayerMatter> Of(Facts root, string payer, Actor actor) =>
    [
        .. Disputes(root, payer).Concat(Promises(root, payer)).Concat(ToCredit(root, payer))
            .Concat(Securities(root, payer).Select(matter => matter with { Request = RequestOf(root, matter.Number, actor) })).Take(Most),
    ];

    static (WorkItem Item, Actor Actor)? RequestOf(Facts root, string number, Actor actor) =>
        LimitPermissions.ApproveHeadroom.IsGrantedTo(actor)
            && (Approvals.Find(root, WorkKind.GuaranteeRequest, number) ?? Approvals.Find(root, WorkKind.CoverRequest, number)) is { } item ? (item, actor) : null;


    static IEnumerable<PayerMatter> Disputes(Facts root, string payer) => root.Get<DisputesFacts>().Of(payer).Standing
        .Select(open => root.Find<Dispute>(open.Number)).OfType<Dispute>().Select(dispute => new PayerMatter(
            dispute.Number, T("Dispute of {0}: {1}", dispute.Invoice, T(Say.Word(Words.Of(dispute.Reason)))),
            new Money(dispute.Amount, dispute.Currency), dispute.Raised, T("since#day"),
            Say.Capital(T(Say.Word(Words.Of(dispute.Legitimacy)))), TagOf(dispute.Legitimacy)) { To = Links.Dispute(dispute.Number) });

    static IEnumerable<PayerMatter> Promises(Facts root, string payer) => root.Get<PromisesFacts>().Of(payer)
        .OrderByDescending(promise => promise.Date).ThenBy(promise => promise.Number, StringComparer.Ordinal).Select(promise => new PayerMatter(
            promise.Number, T("Promise to pay {0}", Say.List(promise.Invoices.Take(3).Select(part => part.Invoice))), new Money(promise.Amount, promise.Currency), promise.Date,
            T("by#day"), Say.Capital(T(Say.Word(Words.Of(promise.Status)))), TagOf(promise.Status)));

    static IEnumerable<PayerMatter> ToCredit(Facts root, string payer) => root.Get<PromisesFacts>().ToCreditOf(payer).Select(promise => new PayerMatter(
        promise.Number, T("Our promise to credit {0}", promise.Invoice), new Money(promise.Rest, promise.Currency), promise.DueBy, T("by#day"), T("Ours to keep"), "ours"));

    static IEnumerable<PayerMatter> Securities(Facts root, string payer)
    {
        if (root.Get<CoverFacts>().Of(payer) is not { } securities) yield break;
        foreach (var cover in securities.AllCovers)
            yield return Waiting(cover.Number, T("Credit insurance"), cover.Amount, cover.Currency, cover.ValidTo, cover.Status)
                ?? Of(cover.Number, T("Credit insurance"), cover.Amount, cover.Currency, cover.ValidTo, root.Through);
        foreach (var guarantee in securities.Guarantees)
        {
            var kind = Say.Capital(T(Say.Word(Words.Of(guarantee.Kind))));
            yield return Waiting(guarantee.Number, kind, guarantee.Amount, guarantee.Currency, guarantee.ValidTo, guarantee.Status)
                ?? Of(guarantee.Number, kind, guarantee.Amount, guarantee.Currency, guarantee.ReleasedOn ?? guarantee.ValidTo, root.Through);
        }
    }

    /// <summary>What does not count, or not yet; null for what does.</summary>
    static PayerMatter? Waiting(string number, string what, long amount, Currency currency, DateOnly validTo, SecurityStatus status) => status switch
    {
        SecurityStatus.Approved => null,
        SecurityStatus.PendingApproval => new(number, what, new Money(amount, currency), validTo, T("until#day"), T("Waits for approval"), "wait"),
        SecurityStatus.Refused => new(number, what, new Money(amount, currency), validTo, T("until#day"), T("Refused"), "risk"),
    };

    static PayerMatter Of(string number, string what, long amount, Currency currency, DateOnly validTo, DateOnly today) =>
        new(number, what, new Money(amount, currency), validTo, T("until#day"), validTo < today ? T("Ended") : T("In force"), validTo < today ? "wait" : "good");

    static string TagOf(Legitimacy legitimacy) => legitimacy switch
    {
        Legitimacy.CompanyFault or Legitimacy.Shared => "ours",
        Legitimacy.CustomerFault => "risk",
        Legitimacy.Unqualified => "wait",
    };

    static string TagOf(PromiseStatus status) => status switch
    {
        PromiseStatus.Open => "wait",
        PromiseStatus.Kept => "good",
        PromiseStatus.PartiallyKept or PromiseStatus.Broken => "risk",
    };
}
