using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Parties;
using Aval.Statements;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Cash.Screens;

/// <param name="PayerName">Its number where the name is not known.</param>
public sealed record LessonRow(Lesson Lesson, string PayerName);

public sealed record LessonsView(
    ListShown Shown, IReadOnlyList<LessonRow> Lessons, string? Payer, LessonKind? Kind, string? Text, int Total, bool MayForget, Problem? Refused);

/// <summary>Shows what payers are known by, and takes back what is wrong of it.</summary>
static class ShowLessons
{
    public const string Address = CashPages.Address + "/lessons";

    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPage(Address, StatementPermissions.Read, (request, cancel) => ShowAsync(request, null, cancel));
        pages.MapForm(Address + "/forget", CashPermissions.Match, async (request, cancel) =>
        {
            var sent = new SentForm(await request.Context.Request.ReadFormAsync(cancel));
            var body = new ForgetBody(sent.Needed("payer"), sent.Word<LessonKind>("kind") ?? LessonKind.Account, sent.Needed("text"), sent.Needed("reason"));
            var refused = sent.Fault ?? (await request.Desk.SubmitAsync(new ForgetLesson(body), request.Actor, cancel: cancel)).Problem;
            return refused is null ? PageAnswer.To(Address) : await ShowAsync(request, refused, cancel);
        });
    }

    static async Task<PageAnswer> ShowAsync(PageRequest request, Problem? refused, CancellationToken cancel)
    {
        var (payer, kind, text) = (request.Query("payer"), request.Word<LessonKind>("kind"), request.Query("q"));
        var mayForget = CashPermissions.Match.IsGrantedTo(request.Actor);
        var shown = ListShown.Of(request, "lessons", Address, ["payer", "q", "kind"], ReadLessons.Sorting.Names);
        var payers = await CustomerSearch.MeantAsync(request.Store, payer, cancel);
        if (shown.Form is not null)
            return ListFile.Of(request, shown, T("What payers are known by"), LessonsPage.Columns(mayForget), async part => (await ReadAsync(part)).Rows);
        var (rows, total) = await ReadAsync(shown);
        return PageAnswer.Of<LessonsPage, LessonsView>(
            T("What payers are known by"), new LessonsView(shown, rows, payer, kind, text, total, mayForget, refused), refused);

        async Task<(IReadOnlyList<LessonRow> Rows, int Total)> ReadAsync(ListShown part)
        {
            var (lessons, all) = await ReadLessons.PageAsync(request.Store, payers, part.Skip, part.Most, cancel, kind, text, part.By, part.Descending);
            var names = await CustomerSearch.NamesAsync(request.Store, lessons.Select(lesson => lesson.Payer), cancel);
            return ([.. lessons.Select(lesson => new LessonRow(lesson, names.GetValueOrDefault(lesson.Payer, lesson.Payer)))], all);
        }
    }
}
