using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Aval.Web;

/// <summary>One look at a page, by somebody who may: what a use case can ask about it.</summary>
/// <param name="Actor">A rule named <c>nobody</c> on the few pages that need no sign-in.</param>
/// <param name="Company">The company's facts; the business date is their <see cref="Facts.Through"/>.</param>
public sealed record PageRequest(HttpContext Context, Actor Actor, Facts Company, SeenDesk Desk)
{
    OneReading? reading;

    /// <summary>What the visitor sees of the database.</summary>
    public Store Store => reading ?? Desk.Store;

    /// <summary>What the visitor has chosen for themselves.</summary>
    public Preferred Preferred { get; init; } = Preferred.Nothing;

    public DateOnly Today => Company.Through;

    /// <summary>Something that the capability registered in <see cref="ICapability.AddServices"/>.</summary>
    public T Get<T>() where T : notnull => Context.RequestServices.GetRequiredService<T>();

    /// <summary>All that is read of <see cref="Store"/> from now on is of one moment; whoever asks for it ends it.</summary>
    public async Task<OneReading> ReadAsOneAsync(CancellationToken cancel) => reading = await OneReading.BeginAsync(Desk.Store, cancel);

    /// <summary>A part of the address, decoded.</summary>
    public string Route(string name)
    {
        var value = (string)Context.Request.RouteValues[name]!;
        return value.Contains("%2F", StringComparison.OrdinalIgnoreCase) ? value.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase) : value;
    }

    /// <summary>A field of the query, trimmed; null when it is absent or empty.</summary>
    public string? Query(string name) => Context.Request.Query[name].ToString().Trim() is { Length: > 0 } value ? value : null;

    /// <summary>A field of the query as one of the glossary's words; null when it is none of them.</summary>
    public TWord? Word<TWord>(string name) where TWord : struct, Enum => Words.TryParse<TWord>(Query(name), out var word) ? word : null;

    /// <summary>A field of the query as a day; null when it is none.</summary>
    public DateOnly? Day(string name) => Entered.Day(Query(name));

    /// <summary>What the form has sent.</summary>
    public async Task<SentForm> SentAsync(CancellationToken cancel) => new(await Context.Request.ReadFormAsync(cancel));

    /// <summary>Commits what an <c>OnceForm</c> asks. The same form again gets the same answer; one whose document has changed since it was read is refused with
    /// <c>version-stale</c>, and one that lacks its key or what was read with <c>field-invalid</c>.</summary>
    public async Task<Answer> SubmitOnceAsync(SentForm sent, Command asked, CancellationToken cancel)
    {
        // Any state will do to the API alone.
        string[] read = [.. sent.Texts("edition").Where(edition => edition != "*")];
        var once = sent.Needed("once");
        if (once.Length > Numbers.Longest) sent.Refuse(KernelProblems.Invalid("once", "must be at most 64 characters long"));
        if (asked.Edits is not null && read.Length == 0) sent.Refuse(SentForm.Empty("edition"));
        if (sent.Fault is { } fault) return fault;
        var key = Claim.OfKey(Actor, Context.Request.Path.ToString(), once, sent.All);
        return await Desk.SubmitAsync(asked with { Key = key, Read = asked.Edits is null ? null : read }, Actor, cancel: cancel);
    }

    /// <summary>The number of the page asked for, from 1.</summary>
    public int PageNumber => int.TryParse(Query("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page is > 0 and <= 1_000_000 ? page : 1;
}
