using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using Aval.Cover;
using Aval.Decisions.Rules;
using Aval.Disputes;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Measures;
using Aval.Promises;
using Aval.Receivables;
using Aval.Work.Rules;

namespace Aval.Checks;

/// <summary>What an answer about somebody's own order says of documents that they do not see: that there are such, without number and amount. For whoever sees everything
/// nothing changes.</summary>
public sealed class Unseen(SeenDesk desk, CancellationToken cancel)
{
    /// <summary>Stands where the number of such a document would.</summary>
    public const string Document = "a document of the payer that you do not see";

    /// <summary>Stands in place of what somebody wrote about one.</summary>
    public const string Text = "It names " + Document + ".";

    const string OrderScope = "order";

    static readonly string[] Scopes =
    [
        OrderScope, PostInvoice.Scope, PostReceipt.Scope, PostCreditNote.Scope, RecordDispute.Scope, RecordPromise.Scope, PromiseCreditNote.Scope, TakeMeasure.Scope,
        RecordCover.Scope, RecordGuarantee.Scope,
    ];

    /// <summary>What may be a document's number: a word with a figure or a stroke in it.</summary>
    static readonly Regex Named = new(@"(?=[\p{L}_./-]*[\p{N}_/-])[\p{L}\p{N}][\p{L}\p{N}_./-]*", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    readonly Dictionary<(string Scope, string Number), bool> known = [];

    public static bool Is(string? document) => document == Document;

    public static bool Is(Option option) => option.Documents.Contains(Document) || option.Invoices.Contains(Document);

    public async Task<OrderCheck> OfAsync(OrderCheck check) =>
        desk.IsNarrow ? check with { Findings = [.. await EachAsync(check.Findings, OfAsync)] } : check;

    public async Task<IReadOnlyList<Finding>> OfAsync(IReadOnlyList<Finding> findings) => desk.IsNarrow ? await EachAsync(findings, OfAsync) : findings;

    public async Task<Remedies> OfAsync(Remedies remedies) => !desk.IsNarrow ? remedies : remedies with
    {
        Defects = [.. await EachAsync(remedies.Defects, OfAsync)], Options = [.. await EachAsync(remedies.Options, OfAsync)],
    };

    public async Task<Decision> OfAsync(Decision decision) => !desk.IsNarrow ? decision : decision with
    {
        Conditions = [.. await EachAsync(decision.Conditions, OfAsync)],
        Terms = decision.Terms with { Disputes = decision.Terms.Disputes is { } disputes ? await NamesAsync(disputes, RecordDispute.Scope) : null },
        Reason = (await OfTextAsync(decision.Reason))!, Basis = await OfTextAsync(decision.Basis), Counterpart = await OfTextAsync(decision.Counterpart),
        Monitoring = await OfTextAsync(decision.Monitoring), Dissent = await OfTextAsync(decision.Dissent), Question = await OfTextAsync(decision.Question),
    };

    public async Task<WorkItem> OfAsync(WorkItem item) => !desk.IsNarrow ? item : item with
    {
        Subject = await HidesAsync(item.Subject, ScopesOf(item)) ? Document : item.Subject,
        Question = await OfTextAsync(item.Question), Answer = await OfTextAsync(item.Answer), Note = await OfTextAsync(item.Note),
    };

    /// <summary>All of them, in their order.</summary>
    public static async Task<IReadOnlyList<T>> EachAsync<T>(IEnumerable<T> all, Func<T, Task<T>> told)
    {
        var found = new List<T>();
        foreach (var one in all) found.Add(await told(one));
        return found;
    }

    /// <summary>What somebody wrote, unless it names a document that is not seen: its figures would tell it.</summary>
    public async Task<string?> OfTextAsync(string? text)
    {
        if (text is null || !desk.IsNarrow) return text;
        foreach (var word in Named.Matches(text).Select(match => match.Value.TrimEnd('.', '-', '/', '_')).Distinct(StringComparer.Ordinal))
            if (await HidesAsync(word, Scopes)) return Text;
        return text;
    }

    internal async Task<Finding> OfAsync(Finding finding) =>
        finding.Subject is { } subject && await HidesAsync(subject, ScopesOf(finding.Code)) ? finding with { Subject = Document, Amount = null, Share = null } : finding;

    async Task<Defect> OfAsync(Defect defect)
    {
        var invoices = await NamesAsync(defect.Invoices, PostInvoice.Scope);
        return await HidesAsync(defect.Document, ScopesOf(defect.Kind))
            ? defect with { Document = Document, Amount = 0, Invoices = invoices, Meant = [] }
            : defect with { Invoices = invoices };
    }

    async Task<Option> OfAsync(Option option)
    {
        var seen = option with
        {
            Documents = [.. await NamesAsync(option.Documents, ScopesOf(option.Action))], Invoices = [.. await NamesAsync(option.Invoices, PostInvoice.Scope)],
            And = option.And is { } and ? await OfAsync(and) : null,
        };
        var elsewhere = ImmutableArray.CreateBuilder<DocumentElsewhere>();
        foreach (var other in option.Elsewhere)
            if ((seen.Documents.Contains(other.Document) || seen.Invoices.Contains(other.Document)) && await desk.SeesAsync(other.Payer, cancel)) elsewhere.Add(other);
        return seen with { Elsewhere = elsewhere.ToImmutable(), Amount = Is(seen) ? null : seen.Amount };
    }

    async Task<Condition> OfAsync(Condition condition) => condition.Invoice is { } invoice && await HidesAsync(invoice, PostInvoice.Scope)
        ? condition with { Invoice = Document, Amount = null }
        : condition;

    /// <summary>The numbers that are seen, and one word for all others.</summary>
    async Task<IReadOnlyList<string>> NamesAsync(IEnumerable<string> numbers, params string[] scopes) =>
        [.. (await EachAsync(numbers, async number => await HidesAsync(number, scopes) ? Document : number)).Distinct(StringComparer.Ordinal)];

    async Task<bool> HidesAsync(string number, params string[] scopes)
    {
        foreach (var scope in scopes)
        {
            if (!known.TryGetValue((scope, number), out var hides)) known[(scope, number)] = hides = await desk.HidesAsync(scope, number, cancel);
            if (hides) return true;
        }

        return false;
    }

    /// <summary>What the subject of a finding is; none where it is no document.</summary>
    static string[] ScopesOf(string code) => code switch
    {
        "dispute-unqualified" or "dispute-unowned" or "dispute-unresolved" or "dispute-tactical" => [RecordDispute.Scope],
        "promise-broken" or "promise-too-long" => [RecordPromise.Scope],
        "invoice-rejected" or "invoice-not-sent" or "over-invoiced" => [PostInvoice.Scope],
        "unbilled-too-old" or "over-delivered" or "condition-broken" or "purchase-order-duplicate" => [OrderScope],
        "cover-reduced" or "cover-expired" or "cover-notification-due" => [RecordCover.Scope],
        "order-too-large" or "limit-exceeded" or "prepayment-required" or "review-overdue" => [TakeMeasure.Scope],
        _ => [],
    };

    static string[] ScopesOf(DefectKind kind) => kind switch
    {
        DefectKind.CompanyFaultDispute => [RecordDispute.Scope],
        DefectKind.PromisedCreditNote => [PromiseCreditNote.Scope],
        DefectKind.RejectedInvoice => [PostInvoice.Scope],
        DefectKind.UnappliedReceipt => [PostReceipt.Scope],
    };

    static string[] ScopesOf(OptionAction action) => action switch
    {
        OptionAction.ApplyReceipt => [PostReceipt.Scope],
        OptionAction.IssueCreditNote => [RecordDispute.Scope, PromiseCreditNote.Scope],
        OptionAction.QualifyDispute => [RecordDispute.Scope],
        OptionAction.CorrectData => [OrderScope, PostInvoice.Scope, RecordDispute.Scope, RecordPromise.Scope, TakeMeasure.Scope, RecordCover.Scope],
        OptionAction.CorrectLimit or OptionAction.ShorterTerms or OptionAction.LaterShipDate or OptionAction.WaitForPayment or OptionAction.PayUndisputed
            or OptionAction.Deposit or OptionAction.Prepayment or OptionAction.PartialRelease or OptionAction.StagedInvoicing or OptionAction.ReduceOrder
            or OptionAction.TemporaryLimit or OptionAction.Guarantee => [],
    };

    static string[] ScopesOf(WorkItem item) => item.Kind switch
    {
        WorkKind.Mend => ScopesOf(item.Code),
        WorkKind.Defect when Words.TryParse<DefectKind>(item.Code, out var defect) => ScopesOf(defect),
        WorkKind.Defect when item.Code == LateBilling.Unbilled => [OrderScope],
        WorkKind.Defect => [RecordDispute.Scope, PostInvoice.Scope],
        WorkKind.GuaranteeRequest => [RecordGuarantee.Scope],
        WorkKind.CoverRequest => [RecordCover.Scope],
        WorkKind.QualificationRequest => [RecordDispute.Scope],
        WorkKind.Decide or WorkKind.Confirm or WorkKind.Challenge or WorkKind.Appeal or WorkKind.LimitRequest or WorkKind.RiskClassRequest => [],
    };
}
