namespace Aval.Outcomes.Rules;

/// <summary>How decisions of one sort have turned out together.</summary>
/// <param name="Name">The kind, role or cause; null for all of them, or where none is known.</param>
/// <param name="Billed">Of the decisions, how many were followed by an invoice.</param>
/// <param name="PaidInTimePercent">Of the amount that is due, what was settled by its due date; null while nothing is due.</param>
/// <param name="DaysLate">By value; null while nothing is due.</param>
/// <param name="After30">What was owed 30 days after the decisions, of those whose day has come.</param>
public sealed record OutcomeGroup(
    string? Name, int Decisions, int Billed, int Exceptional, IReadOnlyList<TurnoutCount> Turnouts, decimal BilledAmount, decimal DueAmount, decimal? PaidInTimePercent,
    decimal? DaysLate, decimal Overdue, decimal Disputed, decimal WrittenOff, decimal After30, decimal After60, decimal After90);

public sealed record TurnoutCount(Turnout Turnout, int Decisions);

/// <summary>Adds up outcomes one at a time, so that a year of them need not be held.</summary>
public sealed class OutcomeSum(string? name)
{
    readonly Dictionary<Turnout, int> turnouts = [];
    int decisions, billed, exceptional;
    decimal billedAmount, due, inTime, daysLate, lateWeight, overdue, disputed, writtenOff, after30, after60, after90;

    public void Add(DecisionOutcome outcome)
    {
        decisions++;
        if (outcome.Invoices.Count > 0) billed++;
        if (outcome.Decision is { Exceptional: true, IsTaken: true }) exceptional++;
        turnouts[outcome.Turnout] = turnouts.GetValueOrDefault(outcome.Turnout) + 1;
        billedAmount += outcome.Billed;
        due += outcome.Due;
        inTime += outcome.PaidInTime;
        if (outcome.DaysLate is { } days) (daysLate, lateWeight) = (daysLate + (days * outcome.Due), lateWeight + outcome.Due);
        overdue += outcome.Overdue;
        disputed += outcome.Disputed;
        writtenOff += outcome.WrittenOff;
        after30 += outcome.After30 ?? 0;
        after60 += outcome.After60 ?? 0;
        after90 += outcome.After90 ?? 0;
    }

    public OutcomeGroup Group() => new(
        name, decisions, billed, exceptional, [.. turnouts.OrderBy(count => count.Key).Select(count => new TurnoutCount(count.Key, count.Value))], billedAmount, due,
        due == 0 ? null : Math.Round(inTime * 100 / due, 1, MidpointRounding.ToEven),
        lateWeight == 0 ? null : Math.Round(daysLate / lateWeight, 1, MidpointRounding.ToEven), overdue, disputed, writtenOff, after30, after60, after90);
}
