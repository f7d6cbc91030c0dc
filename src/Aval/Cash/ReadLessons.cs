using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Statements;

namespace Aval.Cash;

/// <summary>Something that a payer is known by.</summary>
/// <param name="TaughtBy">The receipt that it was learned from; null where that was not kept.</param>
/// <param name="Said">True where a person has said whose the money was; false where a match of its invoices did.</param>
/// <param name="ForgottenOn">The day on which it was taken back; null while it holds.</param>
public sealed record LessonAnswer(string Payer, LessonKind Kind, string Text, DateOnly Since, string? TaughtBy, bool Said, DateOnly? ForgottenOn)
{
    public static LessonAnswer Of(Lesson lesson) => new(lesson.Payer, lesson.Kind, lesson.Text, lesson.Since, lesson.TaughtBy, lesson.Said, lesson.ForgottenOn);
}

/// <param name="Next">What to send as <c>cursor</c> for those that follow; null when there are none.</param>
public sealed record LessonsAnswer(IReadOnlyList<LessonAnswer> Lessons, string? Next);

/// <summary>Reads what payers are known by, while it holds.</summary>
static class ReadLessons
{
    const int MostOnPage = 500;

    internal static void Map(Api api) => api.Get<LessonsAnswer>(
        "/payer-lessons", StatementPermissions.Read, "What payers are known by: accounts, names, words that they write, and how they write our invoices' numbers",
        async (request, cancel) =>
        {
            var limit = request.Query<int?>("limit") ?? 100;
            if (limit is < 1 or > MostOnPage) return KernelProblems.FieldInvalid.With($"limit must be from 1 to {MostOnPage}.", "limit");
            var skip = 0;
            if (request.Query<string>("cursor") is { } cursor && !(int.TryParse(cursor, out skip) && skip >= 0))
                return KernelProblems.Invalid("cursor", "must be what the page before gave as next");
            var (lessons, total) = await PageAsync(request.Store, request.Query<string>("payer") is { } payer ? [payer] : null, skip, limit, cancel);
            return new LessonsAnswer(
                [.. lessons.Select(LessonAnswer.Of)], skip + limit < total ? (skip + limit).ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
        },
        [
            new("payer", typeof(string), "Only what is known of this payer."), new("cursor", typeof(string), "The next of the page before."),
            new("limit", typeof(int), "Lessons on a page, 1 to 500; 100 when absent."),
        ]);

    public static readonly Sorting Sorting = new(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["payer"] = "payer", ["text"] = "lower(account)", ["kind"] = "kind", ["since"] = "since", ["from"] = "taught_by", ["said"] = "said",
        },
        "payer", "\"key\"");

    /// <summary>What holds, by payer, and how much there is in all.</summary>
    /// <param name="payers">Null for all payers'.</param>
    /// <param name="text">What it contains; null for all.</param>
    /// <param name="by">One of <see cref="Sorting"/>.</param>
    internal static async Task<(IReadOnlyList<Lesson> Found, int Total)> PageAsync(
        Store store, IReadOnlyList<string>? payers, int skip, int most, CancellationToken cancel, LessonKind? kind = null, string? text = null, string? by = null,
        bool descending = false)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        return await new Wanted(reader).And("forgotten_on IS NULL").Among("payer", payers).Is("kind", kind).Containing(text, "account")
            .PageAsync(CashFacts.LessonTable, Sorting.Sql(by, descending), skip, most, cancel);
    }

    /// <summary>All that holds.</summary>
    internal static async Task<IReadOnlyList<Lesson>> AllAsync(StoreReader reader, CancellationToken cancel)
    {
        await using var command = reader.Command(
            $"SELECT {CashFacts.LessonTable.ColumnList} FROM payer_account WHERE to_sequence IS NULL AND forgotten_on IS NULL ORDER BY \"key\"");
        return [.. (await reader.RowsAsync(command, CashFacts.LessonTable, cancel)).Cast<Lesson>()];
    }
}
