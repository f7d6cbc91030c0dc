using Aval.Access;
using Aval.Blocks;
using Aval.Casework;
using Aval.Cash;
using Aval.Checks;
using Aval.Company;
using Aval.Concentration;
using Aval.Cover;
using Aval.Disputes;
using Aval.Decisions;
using Aval.Home;
using Aval.Import;
using Aval.Indicators;
using Aval.Journal;
using Aval.Kernel;
using Aval.Limits;
using Aval.MasterData;
using Aval.Measures;
using Aval.Orders;
using Aval.Outcomes;
using Aval.Parties;
using Aval.Persons;
using Aval.Policies;
using Aval.Portfolio;
using Aval.Promises;
using Aval.Rates;
using Aval.Receivables;
using Aval.Reports;
using Aval.Statements;
using Aval.TimeMachine;
using Aval.Work;

namespace Aval;

/// <summary>The table of contents of the product. Dependencies run one way: a capability uses only what stands before it.</summary>
public static class Capabilities
{
    /// <summary>The folders under <c>src/Aval</c>, the lowest first.</summary>
    public static readonly string[] Order =
    [
        "Kernel", "Web", "Access", "Company", "Parties", "Rates", "Policies", "Work", "Limits", "MasterData", "Measures", "Orders", "Receivables", "Disputes", "Statements",
        "Cash", "Concentration", "Promises", "Cover", "Exposure", "Portfolio", "Decisions", "Checks", "Outcomes", "Blocks", "Casework", "TimeMachine", "Indicators", "Reports",
        "Journal", "Persons", "Home", "Simulation", "Import", "Screens",
    ];

    public static IReadOnlyList<ICapability> All { get; } =
    [
        new AccessCapability(),
        new CompanyCapability(),
        new PartiesCapability(),
        new RatesCapability(),
        new PoliciesCapability(),
        new WorkCapability(),
        new LimitsCapability(),
        new MasterDataCapability(),
        new MeasuresCapability(),
        new OrdersCapability(),
        new ReceivablesCapability(),
        new ConcentrationCapability(),
        new StatementsCapability(),
        new CashCapability(),
        new DisputesCapability(),
        new PromisesCapability(),
        new CoverCapability(),
        new PortfolioCapability(),
        new DecisionsCapability(),
        new ChecksCapability(),
        new OutcomesCapability(),
        new BlocksCapability(),
        new CaseworkCapability(),
        new TimeMachineCapability(),
        new IndicatorsCapability(),
        new ReportsCapability(),
        new JournalCapability(),
        new PersonsCapability(),
        new HomeCapability(),
        new ImportCapability(),
    ];
}
