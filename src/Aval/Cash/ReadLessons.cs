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
            var (lessons, total) = await PageAsync(request.Store, request.Query<string>("payer"), skip, limit, cancel);
            return new LessonsAnswer(
                [.. lessons.Select(LessonAnswer.Of)], skip + limit < total ? (skip + limit).ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
        },
        [
            new("payer", typeof(string), "Only what is known of this payer."), new("cursor", typeof(string), "The next of the page before."),
            new("limit", typeof(int), "Lessons on a page, 1 to 500; 100 when absent."),
        ]);

    /// <summary>What holds, by payer, and how much there is in all.</summary>
    /// <param name="payer">Null for all payers'.</param>
    internal static async Task<(IReadOnlyList<Lesson> Found, int Total)> PageAsync(Store store, string? payer, int skip, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var where = "FROM payer_account WHERE to_sequence IS NULL AND forgotten_on IS NULL" + (payer is null ? "" : " AND payer = @payer");
        await using var count = reader.Command("SELECT count(*) " + where);
        await using var command = reader.Command($"SELECT {CashFacts.LessonTable.ColumnList} {where} ORDER BY payer, \"key\" LIMIT @most OFFSET @skip");
        if (payer is not null)
        {
            StoreReader.Add(count, "payer", payer);
            StoreReader.Add(command, "payer", payer);
        }

        StoreReader.Add(command, "most", most);
        StoreReader.Add(command, "skip", skip);
        var total = Convert.ToInt32(await count.ExecuteScalarAsync(cancel), System.Globalization.CultureInfo.InvariantCulture);
        return ([.. (await reader.RowsAsync(command, CashFacts.LessonTable, cancel)).Cast<Lesson>()], total);
    }

    /// <summary>All that holds.</summary>
    internal static async Task<IReadOnlyList<Lesson>> AllAsync(StoreReader reader, CancellationToken cancel)
    {
        await using var command = reader.Command(
            $"SELECT {CashFacts.LessonTable.ColumnList} FROM payer_account WHERE to_sequence IS NULL AND forgotten_on IS NULL ORDER BY \"key\"");
        return [.. (await reader.RowsAsync(command, CashFacts.LessonTable, cancel)).Cast<Lesson>()];
    }
}
