using Aval.Cash;
using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Policies;
using Aval.Promises;
using Aval.Rates;
using Aval.Rates.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Tests.Receivables;

/// <summary>One group of customers whose receivables are kept in memory: commands decide on facts, closed rows are set aside and brought back when cited.</summary>
sealed class Books
{
    public const string Root = "P1";
    public static readonly DateOnly Opening = new(2026, 1, 1);

    readonly Composition composition = new(Capabilities.All);
    readonly Dictionary<(Type, string), object> archive = [];
    Facts company;

    /// <summary>P1 pays in EUR for itself and for C1; P2, of the same group, pays in USD. One EUR is 1.25 USD, 160 JPY.</summary>
    public Books()
    {
        company = composition.Empty(Facts.Company).With(new Rate(Opening, Currency.EUR, Currency.Of("USD"), 1.25m)).With(new Rate(Opening, Currency.EUR, Currency.Of("JPY"), 160m));
        Facts = composition.Empty(Root).With(Customer("P1", "EUR")).With(Customer("C1", "EUR", payer: "P1")).With(Customer("P2", "USD", group: "P1"));
    }

    public Facts Facts { get; private set; }
    public DateOnly Today { get; set; } = Opening.AddDays(200);
    public ReceivablesFacts Receivables => Facts.Get<ReceivablesFacts>();
    public PayerReceivables Of(string payer) => Receivables.Of(payer);
    public T Document<T>(string number) where T : class => (T)archive[(typeof(T), number)];
    public IEnumerable<T> All<T>() where T : class => archive.Values.OfType<T>();

    /// <summary>From this day on, one EUR is that many.</summary>
    public void Rate(DateOnly day, Currency currency, decimal value) => company = company.With(new Rate(day, Currency.EUR, currency, value));

    public void Enter(Order order) => Keep(Facts = Facts.With(order), order);

    /// <summary>A customer as it is from now on.</summary>
    public void Enter(Customer customer) => Facts = Facts.With(customer);

    /// <summary>What the company goes by from now on.</summary>
    public void Enter(PolicyVersion policy) => company = company.With(policy);

    public Problem? Do(Command command)
    {
        var known = Facts;
        foreach (var cite in command.Cites)
            if (known.Find(cite.Row, cite.Key) is null && archive.TryGetValue((cite.Row, cite.Key), out var row)) known = known.With(row);
        var @case = Case(known);
        if (command.Refuse() is { } refusal) return refusal;
        if (command.Decide(@case) is { } refused) return refused;
        var rows = Take(@case);
        foreach (var reaction in new ICapability[] { new ReceivablesCapability(), new CashCapability(), new PromisesCapability() }.SelectMany(capability => capability.Reactions))
            foreach (var key in reaction.Wakes(known, Facts, company, rows))
            {
                var work = Case(Facts);
                reaction.Run(work, key);
                Take(work);
            }

        return null;
    }

    /// <summary>Moves on to a day; promises whose date passes on the way are judged on the day after it.</summary>
    public void Advance(DateOnly day)
    {
        for (; Today < day; Today = Today.AddDays(1))
        {
            Facts = Facts with { Through = Today };
            IDue due = new PromisesCapability().Due!;
            if (due.Next(Facts, company) != Today.AddDays(1)) continue;
            var work = new Case(
                Root, Actor.Rule(due.Rule), DateTimeOffset.UnixEpoch, Today.AddDays(1), new Dictionary<string, Facts> { [Root] = Facts, [Facts.Company] = company }, composition);
            due.Run(work);
            Take(work);
        }
    }

    public ReceiptTrail Trail(string receipt) => ReceiptTrail.Of([.. All<Settlement>().Where(settlement => settlement.SourceNumber == receipt)]);

    public MatchTrail Matched(string receipt) => MatchTrail.Of(
        [.. All<Settlement>().Where(settlement => settlement.SourceNumber == receipt)], archive.GetValueOrDefault((typeof(ReceiptMatch), receipt)) as ReceiptMatch);

    /// <summary>The same facts, put together anew from the rows that are live.</summary>
    public ReceivablesFacts Rebuilt() => archive.Values.Where(row => composition.TableOf(row.GetType()).IsLive(row))
        .Aggregate(composition.Empty(Root), (facts, row) => facts.With(row)).Get<ReceivablesFacts>();

    /// <summary>What was open at the end of a day, told by the documents and settlements alone.</summary>
    public IReadOnlyList<AgedInvoice> OpenOn(DateOnly day) =>
    [
        .. All<Invoice>().Select(invoice => Aging.AsOf(
            invoice, All<Settlement>().Where(settlement => settlement.Invoice == invoice.Number && settlement.CountsFrom > day).Sum(settlement => settlement.Amount), day))
            .OfType<AgedInvoice>(),
    ];

    Case Case(Facts known) => new(
        Root, Actor.Key("test", Permission.AllRights), DateTimeOffset.UnixEpoch, Today, new Dictionary<string, Facts> { [Root] = known, [Facts.Company] = company }, composition);

    List<object> Take(Case @case)
    {
        var rows = @case.Changes.Select(change => change.Row).ToList();
        var facts = @case.Facts;
        foreach (var row in rows) Keep(facts, row);
        foreach (var (_, row) in archive.Where(row => facts.Find(row.Key.Item1, row.Key.Item2) is not null).ToList())
            if (!composition.TableOf(row.GetType()).IsLive(row)) facts = facts.Without(row);
        Facts = facts with { Sequence = @case.NextSequence };
        return rows;
    }

    void Keep(Facts facts, object row)
    {
        var key = composition.TableOf(row.GetType()).KeyOf(row);
        // History (an incident) is in no facts.
        archive[(row.GetType(), key)] = facts.Find(row.GetType(), key) ?? row;
    }

    static Customer Customer(string number, string currency, string? payer = null, string? group = null) => new(
        number, number, "DE", Currency.Of(currency), "NET30", payer, group, null, null, null, null, null, null, false, null, PayabilityProfile.None, [], null);
}
