using Aval.Checks.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks;

/// <summary>What an answer says in words, to three readers.</summary>
/// <param name="Internal">Everything that was found.</param>
/// <param name="CustomerService">What holds the order, one's own tasks first, and whom the rest waits for.</param>
/// <param name="Customer">What the customer can do: no limit, risk class, score, reason of ours or document of others.</param>
public sealed record CheckTexts(string Internal, string CustomerService, string Customer)
{
    /// <param name="defects">Our own that account for the hold: said first, so that nobody asks the customer for what has been paid.</param>
    /// <param name="toPay">The customer's own invoices that are left to pay beside our part; none where that is not known, or all of it is the customer's.</param>
    /// <param name="held">It waits for people though nothing may be found any more: what somebody has decided keeps it.</param>
    public static CheckTexts Of(
        string order, IReadOnlyList<Finding> findings, IReadOnlyList<Defect> defects, Language language, IReadOnlyCollection<string>? toPay = null,
        bool held = false)
    {
        var words = Phrases.In(language);
        var blocking = findings.Where(finding => finding.Blocks).ToList();
        var ours = defects.Select(defect => DefectText.Sentence(defect, language)).ToList();
        if (ours.Count > 0) ours.Insert(0, blocking.TrueForAll(finding => Causes.Of(finding) == Cause.InternalDefect) ? words.Ours : words.PartlyOurs);
        var status = string.Format(null, blocking.Count == 0 && !held ? words.Free : words.Held, order);
        return new CheckTexts(
            Joined([status, .. ours, .. findings.Select(finding => FindingText.Sentence(finding, language))]),
            Joined([status, .. ours, .. Tasks(blocking, words, language)]),
            Joined(ToCustomer(order, blocking, toPay ?? [], words, language, held)));
    }

    static IEnumerable<string> Tasks(List<Finding> blocking, Phrases words, Language language) => blocking
        .GroupBy(finding => finding.Owner)
        .OrderBy(group => group.Key == OwnerFunction.CustomerService ? 0 : 1)
        .Select(group => $"{words.Owner(group.Key)}: {string.Join(' ', group.Select(finding => FindingText.Sentence(finding, language)))}");

    static IEnumerable<string> ToCustomer(string order, List<Finding> blocking, IReadOnlyCollection<string> toPay, Phrases words, Language language, bool held)
    {
        if (blocking.Count == 0) return held ? [string.Format(null, words.Received, order), words.Reviewing] : [string.Format(null, words.Confirmed, order)];
        var asked = blocking.Select(finding => AskOf(finding, toPay, words, language)).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        // What the customer cannot mend is ours to settle, and how is nobody else's business.
        if (blocking.Exists(finding => AskOf(finding, toPay, words, language) is null)) asked.Add(words.Reviewing);
        return [string.Format(null, words.Received, order), .. asked];
    }

    /// <summary>What the customer can do about it; null where nothing, and where it is our own defect: who has paid is not asked to pay.</summary>
    static string? AskOf(Finding finding, IReadOnlyCollection<string> toPay, Phrases words, Language language) => IsOurs(finding) ? null : finding.Code switch
    {
        "purchase-order-missing" => words.SendPurchaseOrder,
        "purchase-order-malformed" => words.CorrectPurchaseOrder,
        "buyer-reference-missing" => words.SendBuyerReference,
        "billing-address-incomplete" => words.SendAddress,
        "portal-requirement-missing" => words.SendPortalData,
        "delivery-details-missing" => words.SendDeliveryDetails,
        "overdue" or "oldest-item-too-old" when finding.Cause == Cause.Mixed && toPay.Count > 0 => string.Format(null, words.PayRest, string.Join(", ", toPay)),
        "overdue" or "oldest-item-too-old" or "promise-broken" => words.PayOverdue,
        "prepayment-required" => finding.Amount is null
            ? words.PayInAdvance
            : string.Format(null, words.PayAmountInAdvance, Figures.Money(finding, language)),
        "authorization-expired" => words.ConfirmOrder,
        _ => null,
    };

    static bool IsOurs(Finding finding) => finding.Cause == Cause.InternalDefect;

    static string Joined(IEnumerable<string> sentences) => string.Join(' ', sentences);
}
