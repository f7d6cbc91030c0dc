using System.Globalization;
using Aval.Checks;
using Aval.Cover.Rules;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Policies.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using static Aval.Web.Translated;

namespace Aval.Blocks;

/// <summary>A field of the decision form.</summary>
/// <param name="Type">Of the input: <c>number</c>, <c>date</c>, <c>text</c>, <c>area</c>, <c>check</c>, <c>stages</c>, and with choices <c>one</c> or <c>many</c> of them.</param>
/// <param name="Required">The kind cannot do without it, and nothing else can stand in its place.</param>
public sealed record FormField(string Name, string Label, string Type, string? Hint = null, bool Required = false)
{
    public IReadOnlyList<(string Value, string Label)> Choices { get; init; } = [];

    /// <summary>As a refusal names it, where that is not its name.</summary>
    public string? Path { get; init; }
}

/// <summary>The decision form: which fields a kind needs, and what a sent one says.</summary>
static class DecisionForm
{
    /// <summary>The form, and that of the options, as elements of their page.</summary>
    public const string Id = "decide-form", OfOptions = "option-form";

    /// <summary>Behind the name of a field with choices: the field for those that are not among them.</summary>
    public const string More = "More";

    static FormField Amount => new("amount", T("Amount"), "number");

    static FormField Until => new("until", T("Until"), "date");

    static FormField Lines => new("lines", T("or lines"), "area", T("This or the amount. One a line: number of the line, then quantity"));

    static FormField Whole => Amount with { Label = T("The whole limit"), Required = true };

    static FormField ByDay => Until with { Required = true };

    static FormField Soon => ByDay with { Hint = T("At most {0} days ahead", DecisionKinds.LongestWait) };

    static FormField SoonAny => Soon with { Required = false };

    static FormField AtExpiryField => new("atExpiry", T("When the date passes without it"), "one") { Choices = Choices<AtExpiry>() };

    static IReadOnlyList<(string, string)> Functions => [.. Enum.GetValues<OwnerFunction>().Select(function => (Words.Of(function), CheckWords.Of(function)))];

    static IReadOnlyList<(string, string)> Deciders => 
    [
        .. DecisionPermissions.DecideBlocks.Roles.Select(role => (role, Say.Capital(Say.Role(role)))).Concat(Functions)
            .DistinctBy(known => known.Item2, StringComparer.OrdinalIgnoreCase),
    ];

    static IReadOnlyList<(string, string)> Choices<TWord>() where TWord : struct, Enum =>
        [.. Enum.GetValues<TWord>().Select(word => (Words.Of(word), Say.Capital(T(Say.Word(Words.Of(word))))))];

    /// <summary>What a kind asks for, besides the reason.</summary>
    /// <param name="disputes">The payer's that stand.</param>
    /// <param name="invoices">The payer's that are open, as far as they are worth a choice.</param>
    public static IReadOnlyList<FormField> FieldsOf(
        DecisionKind kind, IReadOnlyList<(string Value, string Label)> disputes, IReadOnlyList<(string Value, string Label)> invoices) =>
        kind == DecisionKind.ReleaseUnderCondition ? [.. Invoices("paid", T("Invoices to be paid"), invoices, "conditions"), .. FieldsOf(kind), AtExpiryField]
        : kind == DecisionKind.WaitForPayment ? [.. Invoices("invoices", T("Invoices"), invoices, "invoices"), .. FieldsOf(kind)]
        : kind.LetsGo() == LettingGo.UnderCondition ? [.. FieldsOf(kind), AtExpiryField]
        : kind == DecisionKind.ReviewDisputes
            ? [new("disputes", disputes.Count == 0 ? T("The payer has no dispute that stands") : T("Disputes"), "many") { Choices = disputes }, .. FieldsOf(kind)]
        : FieldsOf(kind);

    /// <summary>The first to choose from, and a field for any other.</summary>
    static IReadOnlyList<FormField> Invoices(string name, string label, IReadOnlyList<(string Value, string Label)> invoices, string path) =>
    [
        .. invoices.Count == 0 ? Array.Empty<FormField>() : [new(name, label, "many") { Choices = invoices, Path = path }],
        new(name + More, invoices.Count == 0 ? label : T("Other invoices"), "text", T("Numbers, with commas between")) { Path = path },
    ];

    static IReadOnlyList<FormField> FieldsOf(DecisionKind kind) => kind switch
    {
        DecisionKind.Release => [Until],
        DecisionKind.ReleasePartially => [Amount, Lines, SoonAny],
        DecisionKind.ReleaseUnderCondition =>
        [
            new("deposit", T("Deposit"), "number"), new("guarantee", T("Guarantee"), "number"),
            new("cap", T("Order of at most"), "number"),
            new("purchaseOrder", T("The purchase order number is there"), "check"), new("qualified", T("No dispute unqualified for more than so many days"), "number"),
            new("limitApproved", T("A limit is approved"), "check"), new("validUntil", T("Valid until"), "date", T("At least one of these conditions")), SoonAny,
        ],
        DecisionKind.RequestDeposit or DecisionKind.Prepayment => [Amount, new("percent", T("or percent of the order"), "number", T("This or the amount")), Soon],
        DecisionKind.WaitForPayment =>
            [Amount with { Label = T("or amount"), Hint = T("This or the invoices") }, Soon],
        DecisionKind.RequireGuarantee => [new("kind", T("Kind of guarantee"), "one", Required: true) { Choices = Choices<GuaranteeKind>() }, Amount with { Required = true }, Soon],
        DecisionKind.ReduceOrder => [Amount with { Label = T("What stays to come") }, Lines],
        DecisionKind.TemporaryLimit => [Whole, ByDay],
        DecisionKind.CorrectLimit => [Whole],
        DecisionKind.StagedInvoicing => [new("stages", T("Stages"), "stages", T("They come to all that is still to come"), Required: true)],
        DecisionKind.ReviseTerms => [new("paymentTerms", T("Payment terms"), "text", T("As NET30 or PREPAID"), Required: true)],
        DecisionKind.ReviewDisputes => [new("owner", T("Owner"), "one", Required: true) { Choices = Functions }, Soon],
        DecisionKind.Escalate => [new("to", T("To whom"), "one", Required: true) { Choices = Deciders }, new("question", T("Question"), "text", Required: true), Soon],
        DecisionKind.MaintainBlock => [new("mustHappen", T("What must happen"), "text", Required: true), Soon],
        DecisionKind.Reject => [],
    };

    /// <summary>What was sent, as the API would take it; a value that cannot be read names its field.</summary>
    public static Answered<DecisionBody> Read(IFormCollection form)
    {
        var sent = new SentForm(form);
        IReadOnlyList<string>? Names(string name) =>
            sent.Texts(name).Concat(sent.Texts(name + More)).SelectMany(text => text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)).Distinct().ToList()
                is { Count: > 0 } names ? names : null;
        IReadOnlyList<TRow>? Rows<TRow>(string name, Func<string, string, TRow?> read) where TRow : class
        {
            var rows = sent.Text(name)?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var first, var second] ? read(first, second) : null).ToList();
            if (rows?.Contains(null) == true) sent.Refuse(KernelProblems.Invalid(name, "must have the number of a line and a quantity in each row"));
            return rows?.OfType<TRow>().ToList();
        }

        IReadOnlyList<StageBody>? Stages()
        {
            var rows = form["stageDate"].Zip(form["stageAmount"], (date, amount) => (Date: date?.Trim() ?? "", Amount: amount?.Trim() ?? ""))
                .Where(row => row.Date.Length + row.Amount.Length > 0).Select(row => StageOf(row.Date, row.Amount)).ToList();
            if (rows.Contains(null)) sent.Refuse(KernelProblems.Invalid("stages", "must have a day and an amount each"));
            return rows.Count == 0 ? null : [.. rows.OfType<StageBody>()];
        }

        var conditions = (Names("paid") ?? []).Select(invoice => new ConditionBody(ConditionKind.InvoicePaid, invoice)).ToList();
        foreach (var (name, kind) in new[]
        {
            ("deposit", ConditionKind.DepositReceived), ("guarantee", ConditionKind.GuaranteeRegistered), ("cap", ConditionKind.AmountCap),
        })
            if (sent.Number(name) is { } amount) conditions.Add(new ConditionBody(kind, Amount: amount));
        if (sent.Text("purchaseOrder") is not null) conditions.Add(new ConditionBody(ConditionKind.PurchaseOrderReceived));
        if (sent.Number("qualified") is { } days) conditions.Add(new ConditionBody(ConditionKind.DisputesQualified, OlderThan: (int)Math.Clamp(days, -1, 100_000)));
        if (sent.Text("limitApproved") is not null) conditions.Add(new ConditionBody(ConditionKind.LimitApproved));
        if (sent.Day("validUntil") is { } validUntil) conditions.Add(new ConditionBody(ConditionKind.ValidUntil, Date: validUntil));
        var body = new DecisionBody(
            sent.Word<DecisionKind>("decision"), sent.Read("option", PlaceOf, SentForm.NoChoice), null, sent.Text("reason"), sent.Text("basis"), sent.Number("amount"),
            sent.Number("percent"), Rows("lines", LineOf), sent.Day("until"), sent.Text("mustHappen"), Names("invoices"), conditions.Count == 0 ? null : conditions,
            sent.Word<GuaranteeKind>("kind"), sent.Text("to"), sent.Text("question"), Names("disputes"), sent.Text("owner"), null, Stages(),
            sent.Text("paymentTerms"), sent.Text("counterpart"), sent.Text("monitoring"), sent.Text("dissent"), sent.Word<AtExpiry>("atExpiry"));
        return sent.Fault is { } fault ? fault
            : body is { Decision: null, Option: null } ? KernelProblems.FieldInvalid.With("Choose one of the options first.", "option")
            : body;
    }

    static DecidedLine? LineOf(string line, string quantity) =>
        PlaceOf(line) is { } number && Entered.Number(quantity) is { } value && Quantity.TryOf(value, out var known) ? new DecidedLine(number, known) : null;

    static int? PlaceOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : null;

    static StageBody? StageOf(string date, string amount) => Entered.Day(date) is { } day && Entered.Number(amount) is { } value ? new StageBody(day, value) : null;
}
