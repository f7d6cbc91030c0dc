using System.Collections.Immutable;

namespace Aval.Policies.Rules;

/// <summary>How a question is answered.</summary>
public enum AnswerKind { Amount, Percent, Days, Flag, One, Some, Countries }

/// <summary>One field of a question.</summary>
/// <param name="Path">Where a policy has what it sets: <c>autoRelease</c>, <c>delegation/creditAnalyst/upTo</c>, or <c>rules/overdue/minDays</c> for a rule's parameter; empty
/// where it adds rules.</param>
/// <param name="Choices">Words to choose from, as people say them.</param>
public sealed record AskedField(string Name, string Label, AnswerKind Kind, string Path, ImmutableArray<(string Word, string Said)> Choices)
{
    public AskedField(string name, string label, AnswerKind kind, string path) : this(name, label, kind, path, []) { }
}

public sealed record Question(string Title, string Why, ImmutableArray<AskedField> Fields);

/// <summary>The seven plain questions by which a small company comes to its policy (<see cref="SevenAnswers"/>).</summary>
public static class SevenQuestions
{
    internal const string Countries = "countries";
    internal const string CountriesAbove = "countriesAbove";
    internal const string ServiceUpTo = "serviceUpTo";
    internal const string Disputes = "disputes";

    public static readonly ImmutableArray<Question> All =
    [
        new("What may go by itself?", "Everything that nobody has to look at saves a day.",
        [
            new("autoRelease", "A held order goes by itself once nothing speaks against it any more", AnswerKind.Flag, "autoRelease"),
            new("ownDefects", "When only our own mistakes hold an order", AnswerKind.One, "internalDefect.act",
                [("hold", "it is held until they are put right"), ("releaseAndFix", "it goes, and they are put right later")]),
        ]),
        new("What needs Credit?", "Whatever the customer, somebody looks at these orders, and somebody decides.",
        [
            new("large", "Orders worth more than", AnswerKind.Amount, "rules/orderTooLarge/amount"),
            new("noLimit", "An order of a customer without a limit", AnswerKind.One, "rules/limitNotSet/severity",
                [("refer", "needs a decision"), ("warn", "goes with a warning"), ("off", "goes")]),
            new("analystUpTo", "A credit analyst decides alone up to", AnswerKind.Amount, "delegation/creditAnalyst/upTo"),
            new("secondAbove", "Two people decide above", AnswerKind.Amount, "delegation/creditManager/secondPersonAbove"),
        ]),
        new("Which overruns are tolerated?", "A small step over the limit need not stop an order; where both are given, both must hold.",
        [
            new("tolerancePercent", "Up to this part of the limit", AnswerKind.Percent, "rules/limit/tolerancePercent"),
            new("toleranceAmount", "Up to this amount", AnswerKind.Amount, "rules/limit/toleranceAmount"),
        ]),
        new("Which overdue items truly block?", "Late enough, and enough of it: all three must be reached.",
        [
            new("overdueDays", "Late by at least", AnswerKind.Days, "rules/overdue/minDays"),
            new("overdueAmount", "An amount of at least", AnswerKind.Amount, "rules/overdue/minAmount"),
            new("overdueShare", "A share of all they owe of at least", AnswerKind.Percent, "rules/overdue/minSharePercent"),
        ]),
        new("Which disputes leave the decision?", "What a customer disputes for these reasons counts neither as owed nor as late.",
        [
            new(Disputes, "Disputes that are", AnswerKind.Some, "excludeDisputes",
                [("companyFault", "our own fault"), ("shared", "the fault of both"), ("unqualified", "not qualified yet"), ("customerFault", "the customer's fault")]),
        ]),
        new("Which orders may go in part?", "Customer Service can let go what fits the limit, an order or a part of it, without asking Credit.",
        [
            new(ServiceUpTo, "Customer Service lets go up to", AnswerKind.Amount, "delegation/customerService/upTo"),
        ]),
        new("Which customers get a special look?", "Their orders need a decision even when the limit is kept.",
        [
            new("classes", "Payers of risk class", AnswerKind.Some, "rules/riskClass/classes", [.. Policy.RiskClasses.Select(one => (one, one))]),
            new("newAbove", "New customers: orders worth more than", AnswerKind.Amount, "rules/orderTooLarge/newCustomers.amount"),
            new("newDays", "A customer is new for", AnswerKind.Days, "rules/orderTooLarge/newCustomers.days"),
            new(Countries, "Payers in these countries (two letters each, with commas)", AnswerKind.Countries, ""),
            new(CountriesAbove, "Their orders worth more than", AnswerKind.Amount, ""),
        ]),
    ];

    public static IEnumerable<AskedField> Fields => All.SelectMany(question => question.Fields);
}
