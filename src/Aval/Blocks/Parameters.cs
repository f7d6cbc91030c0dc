using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Blocks;

/// <summary>What each kind of decision cannot do without. Where one of two is enough, the first is named.</summary>
static class Parameters
{
    /// <summary>The first that is missing; null when none is. Refuses with <c>parameter-missing</c>.</summary>
    /// <param name="ofOption">An option was solved for an amount, whatever kind of guarantee comes.</param>
    public static Problem? Missing(DecisionBody body, bool ofOption = false)
    {
        if (body.Decision is not { } kind) return Missing("decision", body);
        foreach (var name in Needs(kind))
            if (!IsGiven(name, body) && !(ofOption && name == "kind")) return Missing(name, body);
        for (var at = 0; at < (body.Conditions?.Count ?? 0); at++)
            if (NeedOf(body.Conditions![at]) is { } field) return Missing($"conditions[{at}].{field}", body);
        return string.IsNullOrWhiteSpace(body.Reason) ? Missing("reason", body) : null;
    }

    /// <summary>How much is said only where the kind is for so much: what would be recorded and not done is refused with <c>field-invalid</c>.</summary>
    public static Problem? Idle(DecisionBody body)
    {
        if (body.Decision is not { } kind) return null;
        var (amount, percent, lines) = HowMuch(kind);
        Problem Refused(string field) => KernelProblems.Invalid(field, $"goes without {Kernel.Storage.Words.Of(kind)}, which is not for a part");
        return body.Amount is not null && !amount ? Refused("amount") : body.Percent is not null && !percent ? Refused("percent")
            : body.Lines is { Count: > 0 } && !lines ? Refused("lines") : null;
    }

    /// <summary>Whether the kind takes an amount, a percentage and lines. Of a release under conditions the amount is its cap.</summary>
    static (bool Amount, bool Percent, bool Lines) HowMuch(DecisionKind kind) => kind switch
    {
        DecisionKind.ReleasePartially or DecisionKind.ReduceOrder => (true, false, true),
        DecisionKind.RequestDeposit or DecisionKind.Prepayment => (true, true, false),
        DecisionKind.ReleaseUnderCondition or DecisionKind.WaitForPayment or DecisionKind.RequireGuarantee or DecisionKind.TemporaryLimit or DecisionKind.CorrectLimit =>
            (true, false, false),
        DecisionKind.Release or DecisionKind.StagedInvoicing or DecisionKind.ReviseTerms or DecisionKind.ReviewDisputes or DecisionKind.Escalate or DecisionKind.MaintainBlock
            or DecisionKind.Reject => (false, false, false),
    };

    static IReadOnlyList<string> Needs(DecisionKind kind) => kind switch
    {
        DecisionKind.Release => [],
        DecisionKind.ReleasePartially => ["amount|lines"],
        DecisionKind.ReleaseUnderCondition => ["conditions", "until"],
        DecisionKind.RequestDeposit or DecisionKind.Prepayment => ["amount|percent", "until"],
        DecisionKind.WaitForPayment => ["invoices|amount", "until"],
        DecisionKind.RequireGuarantee => ["kind", "amount", "until"],
        DecisionKind.ReduceOrder => ["amount|lines"],
        DecisionKind.TemporaryLimit => ["amount", "until"],
        DecisionKind.CorrectLimit => ["amount"],
        DecisionKind.StagedInvoicing => ["stages"],
        DecisionKind.ReviseTerms => ["paymentTerms"],
        DecisionKind.ReviewDisputes => ["disputes", "owner", "until"],
        DecisionKind.Escalate => ["to", "question", "until"],
        DecisionKind.MaintainBlock => ["until", "mustHappen"],
        DecisionKind.Reject => ["reason"],
    };

    static bool IsGiven(string name, DecisionBody body) => name switch
    {
        "amount" => body.Amount is not null,
        "amount|lines" => body.Amount is not null || body.Lines is { Count: > 0 },
        "amount|percent" => body.Amount is not null || body.Percent is not null,
        "invoices|amount" => body.Invoices is { Count: > 0 } || body.Amount is not null,
        "conditions" => body.Conditions is { Count: > 0 },
        "until" => body.Until is not null || (body.Conditions?.Any(condition => condition.Kind == ConditionKind.ValidUntil) ?? false),
        "kind" => body.Kind is not null,
        "stages" => body.Stages is { Count: > 0 },
        "paymentTerms" => !string.IsNullOrWhiteSpace(body.PaymentTerms),
        "disputes" => body.Disputes is { Count: > 0 },
        "owner" => !string.IsNullOrWhiteSpace(body.Owner),
        "to" => !string.IsNullOrWhiteSpace(body.To),
        "question" => !string.IsNullOrWhiteSpace(body.Question),
        "mustHappen" => !string.IsNullOrWhiteSpace(body.MustHappen),
        "reason" => !string.IsNullOrWhiteSpace(body.Reason),
        _ => throw new System.Diagnostics.UnreachableException(name),
    };

    static string? NeedOf(ConditionBody condition) => condition.Kind switch
    {
        ConditionKind.InvoicePaid => string.IsNullOrWhiteSpace(condition.Invoice) ? "invoice" : null,
        ConditionKind.DepositReceived or ConditionKind.GuaranteeRegistered or ConditionKind.AmountCap => condition.Amount is null ? "amount" : null,
        ConditionKind.DisputesQualified => condition.OlderThan is null ? "olderThan" : null,
        ConditionKind.ValidUntil => condition.Date is null ? "date" : null,
        ConditionKind.PurchaseOrderReceived or ConditionKind.LimitApproved => null,
    };

    static Problem Missing(string names, DecisionBody body)
    {
        var parts = names.Split('|');
        var what = parts.Length == 1 ? parts[0] : $"{parts[0]} (or {parts[1]})";
        return DecisionProblems.ParameterMissing.With(
            body.Decision is { } kind ? (Wording)$"{Kernel.Storage.Words.Of(kind)} needs {what}." : "A decision needs its kind in decision, or the number of an option.", parts[0]);
    }
}
