using System.Globalization;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Aval.Checks;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Orders;
using Aval.Web;
using Aval.Work;
using Aval.Work.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Aval.Casework;

/// <summary>Something on a work list is new or has changed. The event's id is where to go on: send it as <c>Last-Event-ID</c>.</summary>
/// <param name="Id">As <c>GET /work/{id}</c> takes it.</param>
/// <param name="Status">Done when nothing is left to do about it.</param>
/// <param name="Owner">The function or role whose list it is on.</param>
/// <param name="Block">The block that it belongs to; null where it is about no held order.</param>
public sealed record WorkEvent(
    string Id, WorkKind Kind, string Code, string Subject, string Owner, string? EscalatedTo, string Customer, string? Order, string? Block, WorkStatus Status, string? Person)
{
    internal static WorkEvent Of(WorkItem item) => new(
        item.Id, item.Kind, item.Code, item.Subject, item.Owner, item.EscalatedTo, item.Customer, item.Order, item.Block, item.Status, item.Person);
}

/// <summary>Tells what changes on the work lists as server-sent events: at least once each, in the order in which it changed.</summary>
static class FollowWork
{
    /// <summary>So often it is seen, and the follower asked for, who may have signed out since, been disabled or got other roles.</summary>
    static readonly TimeSpan BetweenBeats = TimeSpan.FromSeconds(10);

    /// <summary>Then the follower comes again, with a key that must still hold.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>The field of the query in which a page says what was committed when it was read.</summary>
    const string Committed = "committed";

    internal static void Map(Api api) => api.Follow<WorkEvent>(
        "/events", OrderPermissions.Read, "Goes on telling what changes on the work lists: server-sent events named work, resumed by Last-Event-ID",
        (request, cancel) => TellAsync(request.Context, request.Get<WorkNews>(), request.Desk, request.Actor, null, ByKey(request), cancel), [KernelProblems.Busy]);

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapStream(
        "/events", OrderPermissions.Read, async (request, cancel) =>
        {
            var session = request.Context.User.FindFirst(ClaimTypes.NameIdentifier)?.Value;
            ValueTask<Actor?> AgainAsync() => request.Get<IVisitors>().FindAsync(request.Context);
            if (await TellAsync(request.Context, request.Get<WorkNews>(), request.Desk, request.Actor, session, AgainAsync, cancel) is not null)
                request.Context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        });

    /// <param name="session">Whose screen follows, which hears of other changes too; null for a caller of the API.</param>
    /// <param name="again">Who follows now; null when they may no longer.</param>
    static async Task<Problem?> TellAsync(
        HttpContext context, WorkNews news, SeenDesk desk, Actor actor, string? session, Func<ValueTask<Actor?>> again, CancellationToken cancel)
    {
        var sent = context.Request.Headers["Last-Event-ID"].ToString();
        var last = PlaceOf(sent);
        if (sent.Length > 0 && last is null) return KernelProblems.Invalid("Last-Event-ID", "must be the id of an event");
        if (news.Follow(session) is not { } channel) return KernelProblems.Busy.With("Too many follow already.");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel, news.Stopping);
        end.CancelAfter(Longest);
        try
        {
            await BeginAsync(context, end.Token);
            if (last is { } place) await CatchUpAsync(context.Response, desk, actor, place, end.Token);
            if (session is not null && await news.CommittedAsync(end.Token) != context.Request.Query[Committed].ToString())
                await WriteAsync(context.Response, "event: missed\ndata: \n\n", end.Token);
            await GoOnAsync(context.Response, channel.Reader, desk, actor, session is not null, again, end.Token);
            return null;
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Whoever followed has gone, or comes again.
            return null;
        }
        catch (Exception e) when (Store.IsOfTheStore(e) && context.Response.HasStarted)
        {
            // The store is away, which is told elsewhere: they come again, and miss nothing.
            return null;
        }
        finally
        {
            news.Leave(channel);
        }
    }

    static Func<ValueTask<Actor?>> ByKey(ApiRequest request) =>
        () => request.Get<IKeys>().FindAsync(ApiEndpoint.KeyOf(request.Context.Request)!, request.Cancel, isUse: false);

    static async Task BeginAsync(HttpContext context, CancellationToken cancel)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        await WriteAsync(context.Response, "retry: 3000\n\n", cancel);
    }

    /// <summary>What changed since, and a little before: a commit may have taken its time.</summary>
    static async Task CatchUpAsync(HttpResponse response, SeenDesk desk, Actor actor, (long Changed, string Id) last, CancellationToken cancel)
    {
        var place = (Changed: last.Changed - (long)WorkNews.LongestCommit.TotalMicroseconds, Id: "");
        while (true)
        {
            var changed = await WorkSearch.ChangedAsync(desk.Store, place, WorkNews.MostAtOnce, cancel);
            foreach (var item in changed)
                if ((item.Changed, item.Id) != last) await TellAsync(response, desk, actor, item, cancel);
            if (changed.Count < WorkNews.MostAtOnce) return;
            place = (changed[^1].Changed, changed[^1].Id);
        }
    }

    static async Task GoOnAsync(
        HttpResponse response, ChannelReader<WorkItem?> reader, SeenDesk desk, Actor actor, bool others, Func<ValueTask<Actor?>> again, CancellationToken cancel)
    {
        var next = reader.WaitToReadAsync(cancel).AsTask();
        var beat = Task.Delay(BetweenBeats, cancel);
        while (true)
        {
            // However much there is to tell, a beat comes first.
            if (await Task.WhenAny(beat, next) == beat)
            {
                cancel.ThrowIfCancellationRequested();
                if (await again() is not { } now || !now.Roles.SetEquals(actor.Roles)) return;
                await WriteAsync(response, ": \n\n", cancel);
                beat = Task.Delay(BetweenBeats, cancel);
                continue;
            }

            if (!await next) return;
            while (reader.TryRead(out var item))
                if (item is not null) await TellAsync(response, desk, actor, item, cancel);
                else if (others) await WriteAsync(response, "event: changed\ndata: \n\n", cancel);
            next = reader.WaitToReadAsync(cancel).AsTask();
        }
    }

    static async Task TellAsync(HttpResponse response, SeenDesk desk, Actor actor, WorkItem item, CancellationToken cancel)
    {
        if (ListWork.Sees(actor, item) && await desk.SeesAsync(item.Customer, cancel))
        {
            var told = WorkEvent.Of(await new Unseen(desk, cancel).OfAsync(item));
            await WriteAsync(response, $"id: {IdOf(item)}\nevent: work\ndata: {JsonSerializer.Serialize(told, Json.Options)}\n\n", cancel);
        }
    }

    static string IdOf(WorkItem item) => string.Create(CultureInfo.InvariantCulture, $"{item.Changed}-{Uri.EscapeDataString(item.Id)}");

    static async Task WriteAsync(HttpResponse response, string text, CancellationToken cancel)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), cancel);
        await response.Body.FlushAsync(cancel);
    }

    static (long Changed, string Id)? PlaceOf(string sent) =>
        sent.Split('-', 2) is [var changed, { Length: > 0 } id] && long.TryParse(changed, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            ? (at, Uri.UnescapeDataString(id))
            : null;
}
