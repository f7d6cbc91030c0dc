namespace Aval.Simulation;

/// <summary>Lives through a family's days: orders come in, wait or leave, are billed, paid, and the payments applied.</summary>
sealed class FamilyStory
{
    readonly SimulationPlan plan;
    readonly List<Teller> tellers;
    readonly LimitRow? groupLimit;

    /// <summary>One account a payer, by its number; branches have none of their own.</summary>
    public Dictionary<string, PayerAccount> Accounts { get; } = [];

    /// <summary>The exposure of all payers together whenever an order came in.</summary>
    public List<Sighting> Together { get; } = [];

    public List<CustomerHistory> Histories { get; } = [];

    public FamilyStory(SimulationPlan plan, List<Member> members, Dictionary<string, List<LimitRow>>? limits, LimitRow? groupLimit)
    {
        (this.plan, this.groupLimit) = (plan, groupLimit);
        foreach (var member in members.Where(member => member.Profile.Row.Payer is null))
            Accounts[member.Profile.Row.Number] = new PayerAccount(member.Profile, member.Holds, limits?[member.Profile.Row.Number]);
        Histories.AddRange(members.Select(member => new CustomerHistory { Customer = member.Profile.Row }));
        tellers = [.. members.Zip(Histories, (member, history) => new Teller(plan, member, Accounts[member.PayerNumber], history))];
    }

    public void Tell()
    {
        for (var day = plan.StartDate; day <= plan.EndDate; day = day.AddDays(1))
        {
            foreach (var teller in tellers)
                foreach (var order in teller.TakeOrders(day))
                    Judge(teller.Account, order, day, note: true);
            foreach (var teller in tellers) teller.Tell(day);
            foreach (var account in Accounts.Values)
                foreach (var order in account.Orders)
                    if (order is { ReleasedOn: null, Over: false }) Judge(account, order, day, note: false);
        }
    }

    void Judge(PayerAccount account, LiveOrder order, DateOnly day, bool note)
    {
        var asked = PayerAccount.Asked(order, day);
        var together = Accounts.Values.Sum(each => each.ExposureMinor(day)) + asked;
        if (note && order.Plan.Flaw == OrderFlaw.None)
        {
            account.Sightings.Add(new Sighting(day, account.ExposureMinor(day) + asked));
            Together.Add(new Sighting(day, together));
        }
        if (account.Accepts(order, day) && (groupLimit?.Amount is not { } limit || together <= limit.Minor)) order.ReleasedOn = day;
    }
}
