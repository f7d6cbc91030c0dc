using System.Text.Json;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Persons;

/// <param name="Name">Who was asked for; null before anybody was.</param>
/// <param name="Found">What is kept of them; null before anybody was asked for, and after an erasure.</param>
/// <param name="Keeps">What is erased by itself, and after how many months.</param>
public sealed record PersonsView(string? Name, PersonAnswer? Found, PersonErasureAnswer? Erased, Problem? Refused, IReadOnlyList<RetentionRule> Keeps);

/// <summary>Where an administrator looks up what is kept of a person, gives it to them, and erases it.</summary>
static class ShowPersons
{
    const string Path = "/persons";

    /// <summary>What is erased is shown first, as many lines.</summary>
    internal const int MostShown = 50;

    static readonly JsonSerializerOptions Indented = new(Json.Options) { WriteIndented = true };

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPage(Path, PersonPermissions.ExportPersons, (request, _) => Task.FromResult(Show(request, null)));
        // A name is sent in the body, so that no log of addresses keeps it.
        pages.MapForm(Path, PersonPermissions.ExportPersons, async (request, cancel) =>
        {
            var name = await NameAsync(request, cancel);
            return PersonBody.Refuse(name) is { } refused
                ? Show(request, name, refused: refused)
                : Show(request, name, await ExportPerson.ReadAsync(request.Desk.Everything, name, cancel));
        });
        pages.MapForm(Path + "/export", PersonPermissions.ExportPersons, async (request, cancel) =>
        {
            var name = await NameAsync(request, cancel);
            if (PersonBody.Refuse(name) is { } refused) return Show(request, name, refused: refused);
            var found = await ExportPerson.ReadAsync(request.Desk.Everything, name, cancel);
            return PageAnswer.File("application/json", $"person-{Say.Iso(request.Today)}.json", (output, token) => JsonSerializer.SerializeAsync(output, found, Indented, token));
        });
        pages.MapForm(Path + "/erase", PersonPermissions.ErasePersons, async (request, cancel) =>
        {
            var form = await request.Context.Request.ReadFormAsync(cancel);
            var customer = form["customer"].ToString().Trim();
            var body = new PersonErasureBody(form["name"].ToString(), form["reason"].ToString(), customer.Length == 0 ? null : customer);
            var done = await ErasePerson.RunAsync(request.Desk.Whole, request.Desk.Everything, body, request.Actor, cancel);
            return done.Problem is { } refused ? Show(request, body.Name, refused: refused) : Show(request, null, erased: done.Value);
        });
    }

    static PageAnswer Show(PageRequest request, string? name, PersonAnswer? found = null, PersonErasureAnswer? erased = null, Problem? refused = null) =>
        PageAnswer.Of<PersonsPage, PersonsView>(
            T("Personal data"), new PersonsView(name, found, erased, refused, request.Get<ServerOptions>().Keeps), refused);

    static async Task<string> NameAsync(PageRequest request, CancellationToken cancel) => (await request.Context.Request.ReadFormAsync(cancel))["name"].ToString().Trim();
}
