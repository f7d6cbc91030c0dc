namespace Aval.Kernel;

/// <summary>What a decision and a view do in the same way: bring facts to the business date, and let follow what follows from changes.</summary>
/// <param name="Most">Reactions of one kind that run at once.</param>
/// <param name="Record">Takes a rule's work into the journal and gives the facts after it; a view only takes the facts.</param>
/// <param name="Later">What was woken and did not fit: rule and key, in order.</param>
sealed record Consequences(Composition Composition, DateTimeOffset Now, int Most, Func<string, Case, Facts> Record, Action<IReaction, string> Later)
{
    /// <summary>Takes note of a reaction that failed on a key, so that the others go on; false when the failure ends all.</summary>
    /// <remarks>A view has none: it says nothing that is half done.</remarks>
    public Func<IReaction, string, Exception, bool> Failed { get; init; } = static (_, _, _) => false;

    /// <summary>As many by default; the rest follows later.</summary>
    public const int MostReactions = 32;

    /// <summary>For readers: the same work, journaled nowhere. It counts on as the journal will, since what it makes is named by the journal's numbers.</summary>
    /// <param name="unrecorded">Told each row that will be written.</param>
    public static Consequences Unwritten(Composition composition, DateTimeOffset now, Action<object>? unrecorded = null) => new(
        composition, now, MostReactions,
        (_, work) =>
        {
            foreach (var change in work.Changes) unrecorded?.Invoke(change.Row);
            return work.Live(work.Root) with { Sequence = work.NextSequence };
        },
        (_, _) => { });

    /// <summary>Runs, day by day, what falls due after the facts' date up to the company's; each rule's work of a day is one case, with what it wakes.</summary>
    public Facts Advance(Facts facts, Facts company)
    {
        // Nothing falls due on a day that has been reached, but where the company has opened it again: most commands find their root there, and need not ask what is next.
        if (facts.Through == company.Through) return Reopened(facts, company);
        while (facts.Through < company.Through && Composition.NextDue(facts, company) is { } day && day <= company.Through)
        {
            foreach (var due in Composition.Dues)
                if (due.Next(facts, company) == day) facts = Run(due.Rule, due.Run, facts, company, day);
            facts = facts with { Through = day };
        }

        return facts.Through < company.Through ? facts with { Through = company.Through } : facts;
    }

    Facts Reopened(Facts facts, Facts company)
    {
        foreach (var due in Composition.Dues)
            if (due.IsReopened(facts, company)) facts = Run(due.Rule, due.RunReopened, facts, company, company.Through);
        return facts;
    }

    Facts Run(string rule, Action<Case> run, Facts facts, Facts company, DateOnly day)
    {
        var work = CaseOf(rule, facts, company, day);
        run(work);
        return work.Changes.Count == 0 ? facts : React(work, facts, Record("runDue", work), company, day);
    }

    /// <summary>The facts after what the changes of <paramref name="cause"/> at this root wake: the first of it; the rest is given to <see cref="Later"/>.</summary>
    public Facts React(Case cause, Facts before, Facts facts, Facts company, DateOnly today)
    {
        if (Composition.Reactions.Count == 0) return facts;
        var changed = RowsAt(cause, facts.Root);
        if (changed.Count == 0) return facts;
        foreach (var reaction in Composition.Reactions)
        {
            var wakes = reaction.Wakes(before, facts, company, changed);
            for (var i = 0; i < wakes.Count; i++)
                if (i < Most || reaction.Whole) facts = Run(reaction, wakes[i], facts, company, today);
                else Later(reaction, wakes[i]);
        }

        return facts;
    }

    /// <summary>One reaction's look at one key.</summary>
    public Facts Run(IReaction reaction, string key, Facts facts, Facts company, DateOnly today)
    {
        var work = CaseOf(reaction.Rule, facts, company, today);
        try
        {
            reaction.Run(work, key);
            return work.Changes.Count == 0 ? facts : Record(reaction.Rule, work);
        }
        catch (Exception e) when (Failed(reaction, key, e))
        {
            return facts;
        }
    }

    static List<object> RowsAt(Case cause, string root)
    {
        var rows = new List<object>(cause.Changes.Count);
        foreach (var change in cause.Changes)
            if (change.Root == root) rows.Add(change.Row);
        return rows;
    }

    /// <remarks>The work of an earlier day is done by what held on that day.</remarks>
    Case CaseOf(string rule, Facts facts, Facts company, DateOnly today)
    {
        var known = new Dictionary<string, Facts>(StringComparer.Ordinal)
        {
            [facts.Root] = facts, [Facts.Company] = company.Through == today ? company : company with { Through = today },
        };
        return new Case(facts.Root, Actor.Rule(rule), Now, today, known, Composition);
    }
}
