using System.Globalization;
using System.Text;
using Aval.TimeMachine.Rules;

namespace Aval.TimeMachine;

/// <summary>A trial as text for people: then beside the draft. The same to the byte for the same past.</summary>
public static class TrialText
{
    public static string Of(Trial trial, TrialPlan plan)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"The draft on the orders from {plan.From:yyyy-MM-dd} to {plan.To:yyyy-MM-dd}, amounts in {trial.Currency.Code}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{"",-34}{"then",18}{"draft",18}\n");
        Line(text, "orders", trial.Orders, trial.Orders);
        Line(text, "released", trial.Then.Released, trial.Draft.Released);
        Line(text, "held", trial.Then.Held, trial.Draft.Held);
        Line(text, "decisions needed", trial.Then.Needed, trial.Draft.Needed);
        Line(text, "amounts delayed", trial.Then.Delayed, trial.Draft.Delayed, "N2");
        Known(text, "false blocks", trial.Then.FalseBlocks, trial.Draft.FalseBlocks);
        Known(text, "losses prevented", trial.Then.LossesPrevented, trial.Draft.LossesPrevented);
        text.Append("\nFindings when they came in: orders with it\n");
        if (trial.ByFinding.Count == 0) text.Append("  none\n");
        foreach (var found in trial.ByFinding) Line(text, "  " + found.Code, found.Then, found.Draft);
        text.Append(CultureInfo.InvariantCulture, $"\n{trial.ChangedOrders:N0} orders with another verdict; of {trial.Checks:N0} checks {trial.ChecksChanged:N0}, ");
        text.Append(CultureInfo.InvariantCulture, $"and {trial.ChecksFindingElse:N0} find something else\n");
        foreach (var order in trial.Changed)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {order.Date:yyyy-MM-dd}  {order.Order,-20}{order.Amount,16:N2}  ");
            text.Append(CultureInfo.InvariantCulture, $"{Said(order.From)} -> {Said(order.To)}  {Codes(order)}\n");
        }

        if (trial.Unconverted > 0) text.Append(CultureInfo.InvariantCulture, $"{trial.Unconverted:N0} orders without a rate are missing from the amounts\n");
        return text.ToString();
    }

    static void Known(StringBuilder text, string name, Known then, Known draft)
    {
        Line(text, name, then.Count, draft.Count);
        Line(text, name + ", amount", then.Amount, draft.Amount, "N2");
    }

    static void Line(StringBuilder text, string name, decimal then, decimal draft, string format = "N0") => text.Append(
        CultureInfo.InvariantCulture, $"{name,-34}{then.ToString(format, CultureInfo.InvariantCulture),18}{draft.ToString(format, CultureInfo.InvariantCulture),18}\n");

    static string Said(OrderVerdict verdict) => Kernel.Storage.Words.Of(verdict);

    static string Codes(ChangedOrder order) => string.Join(' ', order.Findings.Where(finding => finding.Blocks).Select(finding => finding.Code).Distinct(StringComparer.Ordinal));
}
