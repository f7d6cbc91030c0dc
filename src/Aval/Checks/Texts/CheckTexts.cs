using Aval.Checks.Rules;
using Aval.Limits.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks;

/// <summary>Where the order stands that is told of.</summary>
public enum Standing
{
    Held,
    /// <summary>Released for a part, while the rest waits.</summary>
    HeldInPart,
    /// <summary>Released or gone, whatever was found: policy or a person has let it go.</summary>
    Released,
    Cancelled,
}

/// <summary>What the customer owes itself: of no other debt is it told.</summary>
/// <param name="Pays">It pays for itself; what its payer owes is else none of its business.</param>
/// <param name="Late">Some of its own invoices are past due.</param>
/// <param name="ToPay">Those that are left to pay beside our part; none where that is not known, or all of it is the customer's.</param>
public sealed record OwnDebt(bool Pays, bool Late, IReadOnlyCollection<string> ToPay)
{
    public static readonly OwnDebt All = new(true, true, []);
}

/// <summary>What an answer says in words, to three readers.</summary>
/// <param name="Internal">Everything that was found.</param>
/// <param name="CustomerService">What holds the order, one's own tasks first, and whom the rest waits for.</param>
/// <param name="Customer">What the customer can do: no limit, risk class, score, reason of ours or document of others.</param>
public sealed record CheckTexts(string Internal, string CustomerService, string Customer)
{
    /// <param name="defects">Our own that account for the hold: said first, so that nobody asks the customer for what has been paid.</param>
    /// <param name="own">All that is owed when left out.</param>
    /// <param name="standing">Null where what was found alone says it; an order may wait for people though nothing is found any more.</param>
    public static CheckTexts Of(
        string order, IReadOnlyList<Finding> findings, IReadOnlyList<Defect> defects, Language language, OwnDebt? own = null, Standing? standing = null)
    {
        var words = Phrases.In(language);
        var blocking = findings.Where(finding => finding.Blocks).ToList();
        var ours = defects.Select(defect => DefectText.Sentence(defect, language)).ToList();
        if (ours.Count > 0) ours.Insert(0, blocking.TrueForAll(finding => Causes.Of(finding) == Cause.InternalDefect) ? words.Ours : words.PartlyOurs);
        var stands = standing ?? (blocking.Count == 0 ? Standing.Released : Standing.Held);
        var status = string.Format(null, blocking.Count == 0 && stands == Standing.Released ? words.Free : words.Stands(stands), order);
        return new CheckTexts(
            Joined([status, .. ours, .. findings.Select(finding => FindingText.Sentence(finding, language))]),
            Joined([status, .. ours, .. stands is Standing.Held or Standing.HeldInPart ? Tasks(blocking, words, language) : []]),
            Joined(ToCustomer(order, blocking, own ?? OwnDebt.All, stands, words, language)));
    }

    static IEnumerable<string> Tasks(List<Finding> blocking, Phrases words, Language language) => blocking
        .GroupBy(finding => finding.Owner)
        .OrderBy(group => group.Key == OwnerFunction.CustomerService ? 0 : 1)
        .Select(group => $"{words.Owner(group.Key)}: {string.Join(' ', group.Select(finding => FindingText.Sentence(finding, language)))}");

    static IEnumerable<string> ToCustomer(string order, List<Finding> blocking, OwnDebt own, Standing standing, Phrases words, Language language)
    {
        if (standing == Standing.Cancelled) return [string.Format(null, words.YoursCancelled, order)];
        if (standing == Standing.Released) return [string.Format(null, words.Confirmed, order)];
        var asked = blocking.Select(finding => AskOf(finding, own, words, language)).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        // What the customer cannot mend is ours to settle, and how is nobody else's business.
        if (blocking.Count == 0 || blocking.Exists(finding => AskOf(finding, own, words, language) is null)) asked.Add(words.Reviewing);
        return [string.Format(null, standing == Standing.HeldInPart ? words.PartConfirmed : words.Received, order), .. asked];
    }

    /// <summary>What the customer can do about it; null where nothing, and where it is our own defect: who has paid is not asked to pay.</summary>
    static string? AskOf(Finding finding, OwnDebt own, Phrases words, Language language) => IsOurs(finding) ? null : finding.Code switch
    {
        "purchase-order-missing" => words.SendPurchaseOrder,
        "purchase-order-malformed" => words.CorrectPurchaseOrder,
        "buyer-reference-missing" => words.SendBuyerReference,
        "billing-address-incomplete" => words.SendAddress,
        "portal-requirement-missing" => words.SendPortalData,
        "delivery-details-missing" => words.SendDeliveryDetails,
        "overdue" or "oldest-item-too-old" or "promise-broken" when !IsOwed(finding, own) => null,
        "overdue" or "oldest-item-too-old" when finding.Cause == Cause.Mixed && own.ToPay.Count > 0 => string.Format(null, words.PayRest, string.Join(", ", own.ToPay)),
        "overdue" or "oldest-item-too-old" or "promise-broken" => words.PayOverdue,
        "prepayment-required" => finding.Amount is null
            ? words.PayInAdvance
            : string.Format(null, words.PayAmountInAdvance, Figures.Money(finding, language)),
        "authorization-expired" => words.ConfirmOrder,
        _ => null,
    };

    static bool IsOurs(Finding finding) => finding.Cause == Cause.InternalDefect;

    /// <summary>Whether the customer itself owes a part of it: of a group's sum perhaps none.</summary>
    static bool IsOwed(Finding finding, OwnDebt own) => own.Pays && (own.Late || finding.LimitLevel != LimitLevel.Group);

    static string Joined(IEnumerable<string> sentences) => string.Join(' ', sentences);
}
