using Aval.Decisions.Rules;

namespace Aval.Simulation;

/// <summary>How a regular pays.</summary>
enum PayingHabit
{
    /// <summary>Within days of the due date.</summary>
    Prompt,
    /// <summary>Some weeks late; promises, and mostly keeps it.</summary>
    Slow,
    /// <summary>Disputes a part of every third invoice.</summary>
    Disputing,
    /// <summary>Well until four months before the end, then not at all.</summary>
    Failing,
}

/// <summary>A customer who orders more than its limit holds, so that people decide about it again and again.</summary>
/// <param name="Limit">Whole euro.</param>
/// <param name="OrderValue">What it usually orders, whole euro with tax.</param>
/// <param name="Playbook">What people tend to decide for it, in turn.</param>
sealed record Regular(
    string Number, string Name, Country Country, string Street, int Town, string RiskClass, int Limit, int OrderValue, PayingHabit Pays, DecisionKind[] Playbook)
{
    /// <summary>Every second order is the one before once more: its invoices are alike.</summary>
    public bool Repeats { get; init; }

    public const string Terms = "NET30";
    public const int TermsDays = 30;

    /// <summary>From this day on a failing one pays nothing more.</summary>
    public static DateOnly FailsOn(SimulationPlan plan) => plan.EndDate.AddDays(-120);

    /// <summary>Days after the due date.</summary>
    public int Lateness(RandomStream chance) => Pays switch
    {
        PayingHabit.Prompt => chance.Between(-4, 1),
        PayingHabit.Slow => chance.Between(9, 26),
        PayingHabit.Disputing => chance.Between(0, 9),
        PayingHabit.Failing => chance.Between(2, 12),
    };
}

/// <summary>The regulars of the credit desk, beside the invented customers of the plan.</summary>
static class Regulars
{
    const int PerCustomers = 5;

    static readonly Regular[] Known =
    [
        new("C20001", "Hansen Werkzeuge GmbH", Country.Germany, "Hafenweg 1", 5, "B", 22_000, 6_400, PayingHabit.Prompt,
            [DecisionKind.Release, DecisionKind.TemporaryLimit, DecisionKind.ReleasePartially, DecisionKind.Release]),
        new("C20002", "Ateliers Rivoire SARL", Country.France, "14 rue des Acacias", 0, "C", 15_000, 4_700, PayingHabit.Slow,
            [DecisionKind.WaitForPayment, DecisionKind.RequestDeposit, DecisionKind.Release, DecisionKind.ReleaseUnderCondition]),
        new("C20003", "Costa Impianti S.r.l.", Country.Italy, "Via del Ferro 8", 1, "B", 18_000, 5_600, PayingHabit.Disputing,
            [DecisionKind.Release, DecisionKind.ReleasePartially, DecisionKind.StagedInvoicing, DecisionKind.ReviewDisputes]),
        new("C20004", "Van Dijk Installaties B.V.", Country.Netherlands, "Havenkade 30", 0, "A", 26_000, 8_900, PayingHabit.Prompt,
            [DecisionKind.TemporaryLimit, DecisionKind.RequireGuarantee, DecisionKind.CorrectLimit, DecisionKind.ReleaseUnderCondition, DecisionKind.Release]),
        new("C20005", "Delmas Bâtiment SAS", Country.France, "3 rue de la Fonderie", 2, "C", 16_000, 5_200, PayingHabit.Failing,
            [DecisionKind.Release, DecisionKind.RequestDeposit, DecisionKind.Release, DecisionKind.MaintainBlock, DecisionKind.Reject]),
        new("C20006", "Moreno Instalaciones S.L.", Country.Spain, "Calle del Olivar, 22", 1, "B", 14_000, 4_300, PayingHabit.Slow,
            [DecisionKind.ReduceOrder, DecisionKind.WaitForPayment, DecisionKind.MaintainBlock, DecisionKind.StagedInvoicing, DecisionKind.Prepayment]),
        new("C20007", "Kessler Großküchen GmbH", Country.Germany, "Schmiedegasse 17", 2, "A", 30_000, 9_800, PayingHabit.Prompt,
            [DecisionKind.Release, DecisionKind.Escalate, DecisionKind.TemporaryLimit, DecisionKind.ReviseTerms, DecisionKind.ReleasePartially]) { Repeats = true },
        new("C20008", "Peeters Techniek BV", Country.Belgium, "Molenstraat 51", 0, "B", 20_000, 6_100, PayingHabit.Disputing,
            [DecisionKind.RequestDeposit, DecisionKind.Release, DecisionKind.ReduceOrder, DecisionKind.ReleaseUnderCondition]),
    ];

    /// <summary>One for every five customers of the plan, at least one.</summary>
    public static IReadOnlyList<Regular> Of(SimulationPlan plan) => Known[..Math.Clamp(plan.Customers / PerCustomers, 1, Known.Length)];
}
