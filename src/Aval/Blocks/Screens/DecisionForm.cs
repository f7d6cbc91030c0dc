using System.Globalization;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Microsoft.AspNetCore.Http;

namespace Aval.Blocks;

/// <summary>A field of the decision form.</summary>
/// <param name="Type">Of the input: <c>number</c>, <c>date</c>, <c>text</c> or <c>area</c>.</param>
public sealed record FormField(string Name, string Label, string Type, string? Hint = null);

/// <summary>The decision form: which fields a kind needs, and what a sent one says.</summary>
static class DecisionForm
{
    const string Line = "One a line: number of the line, then quantity";

    static readonly FormField Amount = new("amount", "Amount", "number"), Until = new("until", "Until", "date"), Lines = new("lines", "or lines", "area", Line);

    /// <summary>What a kind asks for, besides the reason.</summary>
    public static IReadOnlyList<FormField> FieldsOf(DecisionKind kind) => kind switch
    {
        DecisionKind.Release => [Until],
        DecisionKind.ReleasePartially => [Amount, Lines, Until],
        DecisionKind.ReleaseUnderCondition =>
        [
            new("paid", "Invoices to be paid", "text", "Numbers, with commas between"), new("deposit", "Deposit", "number"), new("guarantee", "Guarantee", "number"),
            new("cap", "Order of at most", "number"), Until,
        ],
        DecisionKind.RequestDeposit or DecisionKind.Prepayment => [Amount, new("percent", "or percent of the order", "number"), Until],
        DecisionKind.WaitForPayment => [new("invoices", "Invoices", "text", "Numbers, with commas between"), Amount with { Label = "or amount" }, Until],
        DecisionKind.RequireGuarantee => [new("kind", "Kind of guarantee", "text"), Amount, Until],
        DecisionKind.ReduceOrder => [Amount with { Label = "What stays to come" }, Lines],
        DecisionKind.TemporaryLimit => [Amount with { Label = "The whole limit" }, Until],
        DecisionKind.CorrectLimit => [Amount with { Label = "The whole limit" }],
        DecisionKind.StagedInvoicing => [new("stages", "Stages", "area", "One a line: date, then amount")],
        DecisionKind.ReviseTerms => [new("paymentTerms", "Payment terms", "text", "As NET30 or PREPAID")],
        DecisionKind.ReviewDisputes => [new("disputes", "Disputes", "text", "Numbers, with commas between"), new("owner", "Owner", "text"), Until],
        DecisionKind.Escalate => [new("to", "To whom", "text", "A role or a function"), new("question", "Question", "text"), Until],
        DecisionKind.MaintainBlock => [new("mustHappen", "What must happen", "text"), Until],
        DecisionKind.Reject => [],
    };

    /// <summary>What was sent, as the API would take it; a value that cannot be read names its field.</summary>
    public static Answered<DecisionBody> Read(IFormCollection form)
    {
        string? fault = null;
        string? Text(string name) => form[name].ToString().Trim() is { Length: > 0 } text ? text : null;
        T? Value<T>(string name, Func<string, T?> read) where T : struct
        {
            if (Text(name) is not { } text) return null;
            if (read(text) is { } value) return value;
            fault ??= name;
            return null;
        }

        decimal? Number(string name) => Value(name, NumberOf);
        DateOnly? Day(string name) => Value(name, DayOf);
        IReadOnlyList<string>? Names(string name) => Text(name)?.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        IReadOnlyList<TRow>? Rows<TRow>(string name, Func<string, string, TRow?> read) where TRow : class
        {
            var rows = Text(name)?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var first, var second] ? read(first, second) : null).ToList();
            if (rows?.Contains(null) == true) fault ??= name;
            return rows?.OfType<TRow>().ToList();
        }

        var conditions = (Names("paid") ?? []).Select(invoice => new ConditionBody(ConditionKind.InvoicePaid, invoice)).ToList();
        foreach (var (name, kind) in new[]
        {
            ("deposit", ConditionKind.DepositReceived), ("guarantee", ConditionKind.GuaranteeRegistered), ("cap", ConditionKind.AmountCap),
        })
            if (Number(name) is { } amount) conditions.Add(new ConditionBody(kind, Amount: amount));
        var body = new DecisionBody(
            Words.TryParse<DecisionKind>(Text("decision"), out var decision) ? decision : null, (int?)Number("option"), null, Text("reason"), Text("basis"), Number("amount"),
            Number("percent"), Rows("lines", LineOf), Day("until"), Text("mustHappen"), Names("invoices"), conditions.Count == 0 ? null : conditions, Text("kind"), Text("to"),
            Text("question"), Names("disputes"), Text("owner"), null, Rows("stages", StageOf), Text("paymentTerms"), Text("counterpart"), Text("monitoring"), Text("dissent"));
        return fault is null ? body : KernelProblems.Invalid(fault, "has no valid value");
    }

    static DecidedLine? LineOf(string line, string quantity) =>
        int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && NumberOf(quantity) is { } value && Quantity.TryOf(value, out var known)
            ? new DecidedLine(number, known)
            : null;

    static StageBody? StageOf(string date, string amount) => DayOf(date) is { } day && NumberOf(amount) is { } value ? new StageBody(day, value) : null;

    static decimal? NumberOf(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    static DateOnly? DayOf(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
