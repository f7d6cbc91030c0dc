using Aval.Kernel;
using Microsoft.AspNetCore.Http;
using static Aval.Web.Translated;

namespace Aval.Web;

/// <summary>What comes of looking at a page or sending a form: a page, or the way to another.</summary>
public sealed record PageAnswer(int Status, string Title, Type? Component, object? View, string? Location)
{
    /// <summary>Shows a page.</summary>
    public static PageAnswer Of<TPage, TView>(string title, TView view, int status = StatusCodes.Status200OK) where TPage : Page<TView> where TView : class =>
        new(status, title, typeof(TPage), view, null);

    /// <summary>Shows the page of a form, which was refused unless there is no problem.</summary>
    public static PageAnswer Of<TPage, TView>(string title, TView view, Problem? refused) where TPage : Page<TView> where TView : class =>
        Of<TPage, TView>(title, view, refused?.Kind.Status ?? StatusCodes.Status200OK) with { Refusal = refused };

    /// <summary>Sends the browser to another page, which it loads with GET.</summary>
    public static PageAnswer To(string location) => new(StatusCodes.Status303SeeOther, "", null, null, location);

    /// <summary>Gives a file.</summary>
    public static PageAnswer File(string type, string name, Func<Stream, CancellationToken, Task> write) =>
        new(StatusCodes.Status200OK, name, null, null, null) { Attached = new PageFile(type, name, write) };

    /// <summary>What is given in place of a page.</summary>
    internal PageFile? Attached { get; init; }

    /// <summary>There is no such thing.</summary>
    public static PageAnswer Missing(string what) => Told(StatusCodes.Status404NotFound, T("Not found"), what, T("Check the number, or search for it above."));

    /// <summary>Why a form was refused; null when none was.</summary>
    internal Problem? Refusal { get; init; }

    /// <summary>What was asked is refused, in the visitor's language; a form is shown again on its page, where that can still be shown.</summary>
    public static PageAnswer Of(Problem refused) =>
        Told(refused.Kind.Status, Refused.Title(refused), Refused.Detail(refused), Refused.Remedy(refused)) with { Refusal = refused };

    /// <summary>What happened, and what to do about it.</summary>
    public static PageAnswer Told(int status, string heading, string what, string remedy) =>
        Of<MessagePage, Message>(heading, new Message(heading, what, remedy), status);
}

/// <summary>A page without data: what happened, and what to do about it.</summary>
public sealed record Message(string Heading, string What, string Remedy);
