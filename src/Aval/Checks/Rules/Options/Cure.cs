using System.Collections.Frozen;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules.Options;

/// <summary>What makes a finding go away.</summary>
public enum Cure
{
    /// <summary>A payment, an amount, a day, a limit, other terms: no option is shown that leaves it standing.</summary>
    Action,
    /// <summary>Somebody of the house completes or corrects something: it stands beside the other options.</summary>
    Mending,
    /// <summary>Payment of the whole order in advance alone, since then no credit is given; beside the other options it is for a person to decide.</summary>
    Advance,
    /// <summary>A person's decision alone, whatever is paid.</summary>
    Decision,
    /// <summary>Data without which nothing can be solved: they are entered first.</summary>
    Entry,
    /// <summary>It never holds an order.</summary>
    None,
}

/// <summary>The cure of every finding there is (docs/concepts/options.md).</summary>
public static class Cures
{
    static readonly FrozenDictionary<string, Cure> ByCode = Listed().ToFrozenDictionary(one => one.Kind.Code, one => one.Cure, StringComparer.Ordinal);

    public static Cure Of(Finding finding) => Of(FindingKinds.Of(finding));

    /// <summary>As listed; else by its family: data is completed, credit is not needed where all is paid in advance, a stop is decided.</summary>
    public static Cure Of(FindingKind kind) => ByCode.TryGetValue(kind.Code, out var cure) ? cure : kind.Family switch
    {
        RuleFamily.OrderQuality => Cure.Mending,
        RuleFamily.Credit => Cure.Advance,
        RuleFamily.Stop => Cure.Decision,
    };

    static IEnumerable<(FindingKind Kind, Cure Cure)> Listed() =>
    [
        .. new[]
        {
            FindingKinds.LimitExceeded, FindingKinds.LimitNotSet, FindingKinds.LimitExpired, FindingKinds.Overdue, FindingKinds.OldestItemTooOld,
            FindingKinds.PrepaymentRequired, FindingKinds.OrderTooLarge, FindingKinds.TermsDeviate, FindingKinds.CoverReduced,
        }.Select(kind => (kind, Cure.Action)),
        .. new[]
        {
            FindingKinds.AuthorizationExpired, FindingKinds.DisputeUnqualified, FindingKinds.DisputeUnowned, FindingKinds.DisputeUnresolved, FindingKinds.DisputeTactical,
            FindingKinds.InvoiceRejected, FindingKinds.InvoiceNotSent, FindingKinds.UnbilledTooOld, FindingKinds.OverDelivered, FindingKinds.OverInvoiced,
            FindingKinds.RiskClassMissing, FindingKinds.ReviewOverdue, FindingKinds.CoverExpired, FindingKinds.CoverNotificationDue, FindingKinds.RatesStale,
        }.Select(kind => (kind, Cure.Mending)),
        (FindingKinds.PayerUnknown, Cure.Entry), (FindingKinds.RatesMissing, Cure.Entry),
        (FindingKinds.LimitNear, Cure.None), (FindingKinds.PromiseTooLong, Cure.None), (FindingKinds.TermsShorter, Cure.None),
    ];
}
