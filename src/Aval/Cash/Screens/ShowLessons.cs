using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Parties;
using Aval.Statements;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Cash.Screens;

/// <param name="Payer">Of whom alone; null for all.</param>
public sealed record LessonsView(
    IReadOnlyList<Lesson> Lessons, IReadOnlyDictionary<string, string> Names, string? Payer, int Total, int Page, bool MayForget, Problem? Refused);

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

    public static string To(string? payer, int page = 1) => Links.With(
        Address, ("payer", payer), ("page", page == 1 ? null : page.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    static async Task<PageAnswer> ShowAsync(PageRequest request, Problem? refused, CancellationToken cancel)
    {
        var payer = request.Context.Request.Query["payer"].ToString() is { Length: > 0 } asked ? asked : null;
        var (lessons, total) = await ReadLessons.PageAsync(request.Store, payer, (request.PageNumber - 1) * Pager.PageSize, Pager.PageSize, cancel);
        var names = await CustomerSearch.NamesAsync(request.Store, lessons.Select(lesson => lesson.Payer), cancel);
        return PageAnswer.Of<LessonsPage, LessonsView>(
            T("What payers are known by"), new LessonsView(lessons, names, payer, total, request.PageNumber, CashPermissions.Match.IsGrantedTo(request.Actor), refused),
            refused);
    }
}
