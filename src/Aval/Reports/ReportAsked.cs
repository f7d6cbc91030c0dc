using Aval.Checks;
using Aval.Company;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Policies.Rules;
using Aval.Receivables.Rules;
using Aval.Reports.Rules;

namespace Aval.Reports;

/// <summary>What the rows of a report are.</summary>
public enum ReportBy { Payer, Group, Owner, Company, Currency }

/// <summary>What a report is asked for.</summary>
/// <param name="Payer">Null for all.</param>
/// <param name="Group">A customer: those that stand under it, and itself. Null for all.</param>
/// <param name="Owner">The function whose turn it is with an open invoice. Null for all.</param>
/// <param name="Currency">Of documents, which are then told in it. Null for all.</param>
/// <param name="From">The first day of a ledger.</param>
/// <param name="Months">How far a period goes back from the day looked at, its own month included.</param>
/// <param name="Weeks">How far a forecast goes.</param>
public sealed record ReportAsked(
    DateOnly AsOf, ReportBy By, string? Payer, string? Group, OwnerFunction? Owner, Currency? Currency, AgingBasis Basis, DateOnly From, int Months, int Weeks)
{
    /// <summary>Whether the first day was asked for, and is not the usual one.</summary>
    public bool TellsFrom { get; init; }

    /// <summary>Of a letter; null for the one that is spoken where it goes.</summary>
    public Language? Language { get; init; }

    const int MostMonths = 36;
    const int MostWeeks = 53;

    static readonly Dictionary<string, QueryField> Fields = new QueryField[]
    {
        new("asOf", typeof(DateOnly), "The day to look at, not after the business date, which is the default."),
        new("by", typeof(ReportBy), "What the rows are; by default payers."),
        new("payer", typeof(string), "One payer; all when absent."),
        new("group", typeof(string), "A customer and those that stand under it; all when absent."),
        new("owner", typeof(OwnerFunction), "Whose turn it is with the open invoice: of a dispute its owner, of a rejected invoice billing, else accountsReceivable."),
        new("company", typeof(string), "The number of the company; there is one."),
        new("currency", typeof(Currency), "Documents of one currency, told in it; all when absent."),
        new("basis", typeof(AgingBasis), "Whether age is counted from the due date, which is the default, or from the document's."),
        new("from", typeof(DateOnly), "The first day; by default the first of the year of asOf."),
        new("months", typeof(int), $"How many months the period has, that of asOf included: 1 to {MostMonths}; by default 3, of trend and rollRates 12."),
        new("weeks", typeof(int), $"How many weeks are told apart: 1 to {MostWeeks}, 13 when absent."),
        new("language", typeof(Language), "Of a letter; when absent German or French where the payer's address speaks it, else English."),
    }.ToDictionary(field => field.Name, StringComparer.Ordinal);

    public static IReadOnlyList<QueryField> Query(IEnumerable<string> names) => [.. names.Select(name => Fields[name])];

    /// <summary>What is asked for by these fields; refuses with <c>field-invalid</c>.</summary>
    /// <param name="field">The value of a field by its name, of the field's type; null when it is absent.</param>
    public static Answered<ReportAsked> Of(Report report, Func<string, object?> field, Facts company)
    {
        var asOf = (DateOnly?)field("asOf") ?? company.Through;
        var from = (DateOnly?)field("from") ?? new DateOnly(asOf.Year, 1, 1);
        var (months, weeks) = ((int?)field("months") ?? report.Months, (int?)field("weeks") ?? 13);
        var (payer, group) = ((string?)field("payer"), (string?)field("group"));
        if (asOf > company.Through) return Invalid("asOf", $"must not be after the business date {company.Through:yyyy-MM-dd}");
        if (from > asOf) return Invalid("from", $"must not be after {asOf:yyyy-MM-dd}, the last day");
        if (months is < 1 or > MostMonths) return Invalid("months", $"must be from 1 to {MostMonths}");
        if (weeks is < 1 or > MostWeeks) return Invalid("weeks", $"must be from 1 to {MostWeeks}");
        if (payer is not null && Numbers.Refuse("payer", payer) is { } noPayer) return noPayer;
        if (group is not null && Numbers.Refuse("group", group) is { } noGroup) return noGroup;
        if (report.NeedsPayer && payer is null) return Invalid("payer", "is required");
        if (field("company") is string given && given != company.Get<CompanyFacts>().Main!.Number) return Invalid("company", "is not the number of the company");
        return new ReportAsked(
            asOf, (ReportBy?)field("by") ?? ReportBy.Payer, payer, group, (OwnerFunction?)field("owner"), (Currency?)field("currency"),
            (AgingBasis?)field("basis") ?? AgingBasis.DueDate, from, months, weeks) { TellsFrom = field("from") is not null, Language = (Language?)field("language") };
    }

    /// <summary>The fields that a report takes, read from words; refuses with <c>field-unknown</c> or <c>field-invalid</c>.</summary>
    public static Answered<ReportAsked> Of(Report report, IEnumerable<KeyValuePair<string, string>> words, Facts company)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, word) in words)
        {
            if (!report.Fields.Contains(name))
                return KernelProblems.FieldUnknown.With($"{report.Name} takes no {name}; it takes {string.Join(", ", report.Fields)}.", name);
            if (!Leaf.TryRead(word, Fields[name].Type, out var value, out var fault)) return Invalid(name, Wording.Literally(fault));
            values[name] = value;
        }

        return Of(report, values.GetValueOrDefault, company);
    }

    /// <summary>In which currency amounts are told: rows that join several payers need the company's.</summary>
    public ToldIn ToldIn => Currency is not null ? ToldIn.Document : By switch
    {
        ReportBy.Payer => ToldIn.Credit,
        ReportBy.Currency => ToldIn.Document,
        ReportBy.Group or ReportBy.Owner or ReportBy.Company => ToldIn.Company,
    };

    static Problem Invalid(string field, Wording rule) => KernelProblems.Invalid(field, rule);
}
