namespace Aval.Simulation;

/// <summary>A customer within its family: who it is, how it behaves, what it will order.</summary>
sealed record Member(int Place, CustomerProfile Profile, Habits Habits, List<PlannedOrder> Orders, List<HoldRow> Holds)
{
    public string PayerNumber => Profile.Row.Payer ?? Profile.Row.Number;

    /// <summary>What all documents of this customer carry after their prefix.</summary>
    public string DocumentStem => Profile.Row.Number[1..];

    public static Member Of(SimulationPlan plan, int place)
    {
        var profile = CustomerProfile.Of(plan, place);
        var habits = Habits.Of(profile.Kind, new RandomStream(plan.Seed, place, ChanceOf.Habits));
        return new Member(place, profile, habits, OrderBook.Of(plan, place, profile, habits), HoldsOf(plan, profile));
    }

    static List<HoldRow> HoldsOf(SimulationPlan plan, CustomerProfile profile)
    {
        if (profile.Kind != CustomerKind.OnHold) return [];
        HoldRow Row(int daysBeforeEnd, bool hold, string reason) => new(profile.Row.Number, plan.EndDate.AddDays(-daysBeforeEnd), hold, reason);
        List<HoldRow> all =
        [
            Row(80, true, "Direct debit returned"), Row(66, false, "Direct debit collected"),
            Row(9, true, "Rumours of a change of owner; waiting for the register"),
        ];
        return all.FindAll(row => row.Date >= plan.StartDate);
    }
}

/// <summary>Customers whose stories are bound to each other: a head office and its branches, a group, or one alone.</summary>
static class Family
{
    /// <summary>The histories of all members, told twice: freely, to know what limits the desk would have set, and then under them.</summary>
    public static IReadOnlyList<CustomerHistory> Tell(SimulationPlan plan, int head)
    {
        var members = Enumerable.Range(head, Cast.FamilySize(head)).Select(place => Member.Of(plan, place)).ToList();
        var freely = new FamilyStory(plan, members, null, null);
        freely.Tell();
        var limits = members.ToDictionary(
            member => member.Profile.Row.Number,
            member => freely.Accounts.TryGetValue(member.Profile.Row.Number, out var account)
                ? LimitSetting.Standing(plan, member.Profile, member.Habits, account.Sightings) : []);
        var parent = members[0].Profile;
        LimitRow? ofGroup = parent.Kind == CustomerKind.GroupParent ? LimitSetting.OfGroup(plan, parent, freely.Together) : null;
        var story = new FamilyStory(plan, members, limits, ofGroup);
        story.Tell();
        foreach (var (member, history) in members.Zip(story.Histories))
        {
            history.Limits.AddRange(limits[member.Profile.Row.Number]);
            history.Holds.AddRange(member.Holds);
            Matters.Add(plan, history, member.Profile.Kind);
        }
        if (ofGroup is { } row) story.Histories[0].Limits.Add(row);
        if (plan.Opening is not { } opening) return story.Histories;
        return [.. members.Select((member, place) => OpeningBalance.Of(plan, opening, member, story.Histories[place]))];
    }
}
