using System.Text;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static Aval.Web.Translated;

namespace Aval.Web;

/// <summary>A declared page. A tidy test asks every address outside the API for one.</summary>
/// <param name="Permission">Null for the few that are shown to whoever is not signed in.</param>
/// <param name="IsStream">It tells events to a page, and is none itself: a stranger is refused, not sent to sign in.</param>
/// <param name="IsOnce">It is a form that is done once, however often it is sent and by however many.</param>
public sealed record PageAddress(string Method, string Path, Permission? Permission, bool IsStream = false, bool IsOnce = false);

/// <summary>What a page reads and shows.</summary>
sealed record PageReading(Func<PageRequest, CancellationToken, Task<PageAnswer>> Read);

/// <summary>The one way to declare a page: who may see it, what it reads, and the component that shows it.</summary>
public static class Pages
{
    /// <summary>What is asked for where there is no page: whoever is signed in sees that in the frame that they know.</summary>
    static readonly PageAddress Nowhere = new("GET", "", null);

    /// <summary>Declares a page for those who are signed in and have the right; others are sent to sign in.</summary>
    public static void MapPage(this IEndpointRouteBuilder routes, string path, Permission permission, Func<PageRequest, CancellationToken, Task<PageAnswer>> read) =>
        Map(routes, new PageAddress("GET", path, permission), read);

    /// <summary>Declares what a form sends, for those who have the right; it must carry the token of the page that showed it.</summary>
    public static void MapForm(this IEndpointRouteBuilder routes, string path, Permission permission, Func<PageRequest, CancellationToken, Task<PageAnswer>> send) =>
        Map(routes, new PageAddress("POST", path, permission), send);

    /// <summary>Declares what a form sends that is done once, however often it is sent and by however many, as all that moves money: the page shows an <c>OnceForm</c>, and what is
    /// asked is committed by <see cref="PageRequest.SubmitOnceAsync"/>.</summary>
    public static void MapOnce(
        this IEndpointRouteBuilder routes, string path, Permission permission, Func<PageRequest, SentForm, CancellationToken, Task<PageAnswer>> send) =>
        Map(routes, new PageAddress("POST", path, permission, IsOnce: true), async (request, cancel) => await send(request, await request.SentAsync(cancel), cancel));

    /// <summary>Declares a stream of events that open pages follow, for those who are signed in and have the right. It is told no more than that it may not.</summary>
    public static void MapStream(this IEndpointRouteBuilder routes, string path, Permission permission, Func<PageRequest, CancellationToken, Task> tell) =>
        routes.MapMethods(path, ["GET"], (RequestDelegate)(async context =>
        {
            var services = context.RequestServices;
            if (await services.GetRequiredService<IVisitors>().FindAsync(context) is not { } actor || !permission.IsGrantedTo(actor))
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                context.Response.ContentType = "text/plain";
                return;
            }

            var desk = services.GetRequiredService<Desk>();
            var company = await desk.CompanyAsync(context.RequestAborted);
            await tell(new PageRequest(context, actor, company, new SeenDesk(desk, services.GetRequiredService<Store>(), actor)), context.RequestAborted);
        })).WithMetadata(new PageAddress("GET", path, permission, IsStream: true));

    /// <summary>Declares a page or a form for everyone. There is no reason for one beside signing in and out, the theme and the language.</summary>
    internal static void MapOpen(this IEndpointRouteBuilder routes, string method, string path, Func<PageRequest, CancellationToken, Task<PageAnswer>> answer) =>
        Map(routes, new PageAddress(method, path, null), answer);

    /// <summary>Whatever finds no address outside the API, or no such way to ask it, is answered by a page.</summary>
    /// <remarks>The address of a form, which stands in the browser after a refusal, leads to the page that the form stands on.</remarks>
    public static async Task StrangersAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        var (request, response) = (context.Request, context.Response);
        if (response.HasStarted || response.StatusCode is not (StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed) || response.ContentType is not null) return;
        if (request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || request.Path.StartsWithSegments("/assets", StringComparison.Ordinal)) return;
        var answer = response.StatusCode == StatusCodes.Status404NotFound ? () => PageAnswer.Missing(T("There is no such page."))
            : IsLook(request) ? () => PageAnswer.To(PageAddresses.Above(context))
            : (Func<PageAnswer>)(() => PageAnswer.Told(
                StatusCodes.Status405MethodNotAllowed, T("This cannot be asked here"), T("Nothing was changed."), T("Use the links and buttons of the pages.")));
        await AnswerAsync(context, Nowhere, (_, _) => Task.FromResult(answer()));
    }

    static void Map(IEndpointRouteBuilder routes, PageAddress address, Func<PageRequest, CancellationToken, Task<PageAnswer>> answer) =>
        routes.MapMethods(address.Path, [address.Method], (RequestDelegate)(context => AnswerAsync(context, address, answer))).WithMetadata(address, new PageReading(answer));

    static async Task AnswerAsync(HttpContext context, PageAddress address, Func<PageRequest, CancellationToken, Task<PageAnswer>> answer)
    {
        var (actor, company, committed, preferred, sentTo) = ((Actor?)null, (Facts?)null, (string?)null, Preferred.Nothing, At(context));
        PageAnswer answered;
        try
        {
            actor = await context.RequestServices.GetRequiredService<IVisitors>().FindAsync(context);
            if (actor is not null) preferred = await context.RequestServices.GetRequiredService<IPreferences>().OfAsync(actor, context.RequestAborted);
            Tongue.Current = ChosenTongue.Of(context.Request, preferred);
            if (actor is null && address is { Method: "GET", Permission: not null } && context.Request.Headers["Sec-Fetch-Site"] == "cross-site")
            {
                await AskAgainAsync(context);
                return;
            }

            var (desk, store) = (context.RequestServices.GetRequiredService<Desk>(), context.RequestServices.GetRequiredService<Store>());
            if (actor is not null && !IsPart(context.Request)) committed = await store.MarkAsync(context.RequestAborted);
            company = await desk.CompanyAsync(context.RequestAborted);
            Zone.Current = context.RequestServices.GetRequiredService<IHomeZone>().Of(company);
            var visitor = actor ?? Actor.Rule("nobody");
            var request = new PageRequest(context, visitor, company, new SeenDesk(desk, store, visitor)) { Preferred = preferred };
            answered = await RefuseAsync(context, address, actor) ?? await answer(request, context.RequestAborted);
            if (!IsLook(context.Request) && answered is { Refusal: not null, View: Message }) answered = await PageAddresses.AgainAsync(request, answered, context.RequestAborted);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            answered = Failure(context, e);
        }

        await WriteAsync(context, answered, actor, company, committed, preferred, sentTo);
    }

    /// <summary>A link in a mail leads here without the session's cookie, which is sent from our own pages alone: this page is one, and loads the same address.</summary>
    static Task AskAgainAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync("""<!DOCTYPE html><html lang="en"><title>Aval</title><meta http-equiv="refresh" content="0">""", context.RequestAborted);
    }

    static async Task<PageAnswer?> RefuseAsync(HttpContext context, PageAddress address, Actor? actor)
    {
        if (await UnreadableAsync(context, address) is { } unreadable) return unreadable;
        if (address.Method != "GET" && !await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
            return PageAnswer.Told(
                StatusCodes.Status400BadRequest, T("This form has expired"), T("It was opened too long ago, or before you signed in."),
                T("Go back, load the page again and send it once more."));
        if (address.Permission is null) return null;
        if (actor is not null) context.Features.Set(actor);
        if (actor is null) return PageAnswer.To(address.Method == "GET" ? $"{IVisitors.SignIn}?return={Uri.EscapeDataString(At(context))}" : IVisitors.SignIn);
        if (actor.IsReadOnly && address.Method != "GET")
            return PageAnswer.Told(StatusCodes.Status403Forbidden, T("This key may read only"), T("Nothing was changed."), T("Sign in as somebody who may change things."));
        return address.Permission.IsGrantedTo(actor)
            ? TooMuch(context, address)
            : PageAnswer.Told(
                StatusCodes.Status403Forbidden, T("Your role does not open this page"),
                T("It is for: {0}.", Say.List(address.Permission.Roles.Select(Say.Role))), T("Ask an administrator if you need it."));
    }

    /// <summary>Refuses a text that the API would not take either; what is pasted is many texts, and is looked at line by line.</summary>
    static PageAnswer? TooMuch(HttpContext context, PageAddress address)
    {
        if (address.Method == "GET") return null;
        foreach (var (field, texts) in context.Request.Form)
            if (field is not ("token" or "return" or "pasted") && texts.Select(text => Texts.Fault(text ?? "")).FirstOrDefault(fault => fault is not null) is { } fault)
                return PageAnswer.Of(KernelProblems.Invalid(field, fault));
        return null;
    }

    /// <summary>Refuses what is no fault of ours: a form that is too large, broken off or none, and texts with the sign that no database keeps.</summary>
    static async Task<PageAnswer?> UnreadableAsync(HttpContext context, PageAddress address)
    {
        var request = context.Request;
        try
        {
            var sent = request.Query.AsEnumerable();
            if (address.Method != "GET") sent = sent.Concat(request.HasFormContentType ? await request.ReadFormAsync(context.RequestAborted) : throw new InvalidDataException());
            return sent.Any(field => field.Value.Any(text => text?.Contains('\0', StringComparison.Ordinal) == true)) ? Unreadable(StatusCodes.Status400BadRequest) : null;
        }
        catch (BadHttpRequestException refused)
        {
            return Unreadable(refused.StatusCode);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            return Unreadable(StatusCodes.Status400BadRequest);
        }
    }

    static PageAnswer Unreadable(int status) => PageAnswer.Told(
        status, T("What was sent cannot be read"), status == StatusCodes.Status413PayloadTooLarge ? T("It is too large.") : T("Nothing was changed."),
        T("Go back, load the page again and send it once more."));

    static PageAnswer Failure(HttpContext context, Exception failure)
    {
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Aval.Web.Pages")
            .LogError(
                Store.Trace(failure), "{Method} {Path} failed ({Trace}): {Reason}", context.Request.Method, context.Request.Path.Value, context.TraceIdentifier, failure.Message);
        return Store.IsOfTheStore(failure)
            ? PageAnswer.Told(StatusCodes.Status503ServiceUnavailable, T("The database does not answer"), T("Nothing was changed."), T("Try again in a moment."))
            : PageAnswer.Told(
                StatusCodes.Status500InternalServerError, T("Something went wrong"), T("Nothing was changed."),
                T("Tell your administrator this number: {0}.", context.TraceIdentifier));
    }

    static async Task WriteAsync(HttpContext context, PageAnswer answer, Actor? actor, Facts? company, string? committed, Preferred preferred, string sentTo)
    {
        if (answer.Location is { } location)
        {
            context.Response.Headers.CacheControl = "no-store";
            // A part of a page is never exchanged for the sign-in page.
            if (IsPart(context.Request)) context.Response.Headers["HX-Redirect"] = location;
            else (context.Response.StatusCode, context.Response.Headers.Location) = (answer.Status, location);
            return;
        }

        if (answer.Attached is { } file)
        {
            await ListFile.SendAsync(context, file);
            return;
        }

        var token = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
        var theme = context.Request.Cookies[Theme.Cookie];
        var isLook = IsLook(context.Request);
        var visit = new Visit(
            actor is null ? null : new Person(actor.Name, Say.List(actor.Roles.Select(Say.Role))), actor is null ? null : company?.Through,
            isLook ? At(context) : PageAddresses.Above(context),
            theme is Theme.Light or Theme.Dark ? theme : null, (token.FormFieldName, token.RequestToken!)) 
        {
            Opens = actor is null ? [] : PageAddresses.OpenTo(context, actor), Committed = committed, Keys = preferred.HasKeys, IsBelow = !isLook && answer.View is Message,
        };
        var page = new RazorComponentResult<Frame>(new Dictionary<string, object?>
        {
            [nameof(Frame.Visit)] = visit, [nameof(Frame.Answer)] = answer,
        }) { StatusCode = answer.Status, PreventStreamingRendering = true };
        if (isLook || answer.Refusal is not { } refusal || answer.View is Message) await page.ExecuteAsync(context);
        else await WriteAgainAsync(context, page, new SentBack(sentTo, context.Request.Form, refusal));
    }

    /// <summary>The page with the form as it was sent.</summary>
    static async Task WriteAgainAsync(HttpContext context, RazorComponentResult page, SentBack back)
    {
        var body = context.Response.Body;
        await using var made = new MemoryStream();
        context.Response.Body = made;
        try
        {
            await page.ExecuteAsync(context);
        }
        finally
        {
            context.Response.Body = body;
        }

        await context.Response.WriteAsync(FormAgain.Shown(Encoding.UTF8.GetString(made.GetBuffer(), 0, (int)made.Length), back), context.RequestAborted);
    }

    /// <summary>The page is there already and exchanges a part of itself.</summary>
    static bool IsPart(HttpRequest request) => request.Headers.ContainsKey("HX-Request");

    static bool IsLook(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    static string At(HttpContext context) => context.Request.Path.ToUriComponent() + context.Request.QueryString.Value;
}
