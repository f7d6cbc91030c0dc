using System.Globalization;
using Aval.Kernel.Storage;

namespace Aval.Policies.Rules;

/// <summary>What a policy says of weighing together, data, disputes, exceptions and the way up; each with its place.</summary>
static class HandlingSentences
{
    public static IEnumerable<(string Place, string Text)> Of(Policy policy, Figures said)
    {
        yield return ("arbitration", Arbitrated(policy.ArbitrationAsked, said));
        foreach (var entry in policy.Responsible)
            yield return ($"dataResponsibility[{entry.Field}]",
                $"The {Figures.Plain(entry.Field)} of a customer is entered by {Figures.Plain(entry.Enters)}, verified by {Figures.Plain(entry.Verifies)}, "
                + $"flagged first by {Figures.Plain(entry.Flags)}, and verified again after {Figures.Days(entry.StaleAfterDays)}.");
        yield return ("excludeDisputes", policy.ExcludeDisputes.IsEmpty
            ? "Every disputed amount counts towards the exposure."
            : $"Amounts in dispute do not count towards the exposure when the dispute is {Figures.Any(policy.ExcludeDisputes.Select(Of))}.");
        var disputes = policy.DisputesAsked;
        yield return ("disputes[days]",
            $"A dispute is to have an owner within {Figures.Days(disputes.OwnWithinDays)}, to be qualified within {Figures.Days(disputes.QualifyWithinDays)} and to be over within "
            + $"{Figures.Days(disputes.ResolveWithinDays)}; a credit note that is due is to be written within {Figures.Days(disputes.CreditNoteWithinDays)}. "
            + $"What is late goes to {Figures.Plain(disputes.EscalateTo)}.");
        yield return ("disputes[tactical]",
            $"A late dispute looks tactical when more than {Figures.Percent(disputes.TacticalRejectedPercent)} of the payer's earlier ones were rejected.");
        yield return ("exceptions", Exceptional(policy.ExceptionsAsked, said));
        if (policy.EscalationPath.IsEmpty) yield return ("escalation", "A case that nobody decides stays where it is.");
        foreach (var (at, step) in policy.EscalationPath.Index())
            yield return (string.Create(CultureInfo.InvariantCulture, $"escalation[{at}]"),
                $"A case that is undecided after {Figures.Hours(step.AfterHours)} goes to {Figures.Plain(step.To)}.");
    }

    static string Arbitrated(Arbitration asked, Figures said)
    {
        string[] bounds =
        [
            .. new[]
            {
                asked.AmountAbove is { } amount ? $"is worth more than {said.Amount(amount)}" : null,
                asked.OverrunPercentAbove is { } overrun ? $"passes the limit by more than {Figures.Percent(overrun)}" : null,
                asked.OverdueDaysAbove is { } days ? $"comes from a payer more than {Figures.Days(days)} late" : null,
                asked.RiskClasses is [_, ..] classes ? $"comes from a payer of risk class {Figures.Any(classes)}" : null,
            }.OfType<string>(),
        ];
        return bounds.Length == 0
            ? $"No order need be weighed by {Figures.All(asked.Between.Select(Figures.Plain))} together."
            : $"An order that {Figures.Any(bounds)} is weighed by {Figures.All(asked.Between.Select(Figures.Plain))} together.";
    }

    static string Exceptional(ExceptionConditions asked, Figures said) =>
        $"An exceptional release {(asked.UpTo is { } most ? $"is worth at most {said.Amount(most)}, " : "")}"
        + $"happens at most {Figures.Count(asked.MostPerPayer, "time", "times")} a payer in {Figures.Days(asked.WindowDays)}, "
        + $"{(asked.Counterpart ? "is for something in return" : "may be for nothing in return")} and is looked at again within {Figures.Days(asked.ReviewWithinDays)}; "
        + (asked.Beyond ?? ExceptionAct.Mark) switch
        {
            ExceptionAct.Mark => "one beyond that is taken and marked as such.",
            ExceptionAct.Refuse => "one beyond that is refused.",
        };

    static string Of(Legitimacy legitimacy) => legitimacy switch
    {
        Legitimacy.CompanyFault => "our own fault",
        Legitimacy.CustomerFault => "the customer's fault",
        Legitimacy.Shared => "the fault of both",
        Legitimacy.Unqualified => "not qualified yet",
    };
}
