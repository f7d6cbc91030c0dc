namespace Aval.Kernel;

/// <summary>Brings facts to a business date, day by day: the same for a decision, which journals it, and for a reader, which does not.</summary>
static class DueRun
{
    /// <summary>Runs what falls due after the facts' date up to <paramref name="today"/>; each rule's work of a day is one case, given to <paramref name="done"/>.</summary>
    public static Facts Advance(Composition composition, Facts facts, Facts company, DateOnly today, DateTimeOffset now, Func<string, Case, Facts>? done)
    {
        while (composition.NextDue(facts, company) is { } day && day <= today)
        {
            foreach (var due in composition.Dues)
            {
                if (due.Next(facts, company) != day) continue;
                var known = new Dictionary<string, Facts>(StringComparer.Ordinal) { [facts.Root] = facts, [Facts.Company] = company };
                var work = new Case(facts.Root, Actor.Rule(due.Rule), now, day, known, composition);
                due.Run(work);
                if (work.Changes.Count > 0) facts = done is null ? work.Facts : done(due.Rule, work);
            }

            facts = facts with { Through = day };
        }

        return facts.Through < today ? facts with { Through = today } : facts;
    }
}
