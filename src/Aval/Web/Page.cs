using Microsoft.AspNetCore.Components;

namespace Aval.Web;

/// <summary>A screen: a component that shows one view, which was read before and holds all that is shown.</summary>
public abstract class Page<TView> : ComponentBase where TView : class
{
    [Parameter, EditorRequired]
    public required TView View { get; set; }

    [CascadingParameter]
    public required Visit Visit { get; set; }
}

/// <summary>Who looks, when, and at what: what the frame around every page shows.</summary>
/// <param name="Person">Null before signing in.</param>
/// <param name="Today">The business date; null before signing in.</param>
/// <param name="At">Path and query of the page; where a form was answered by a page, of that on which the form stands.</param>
/// <param name="Theme"><c>light</c> or <c>dark</c> when chosen; null follows the system.</param>
/// <param name="Token">What a form of this page must send along (<c>FormToken.razor</c>).</param>
public sealed record Visit(Person? Person, DateOnly? Today, string At, string? Theme, (string Field, string Value) Token)
{
    /// <summary>The pages that they may open, by address.</summary>
    public IReadOnlySet<string> Opens { get; init; } = System.Collections.Immutable.ImmutableHashSet<string>.Empty;

    /// <summary>What is shown tells of the page that <see cref="At"/> names, and is not that page.</summary>
    public bool IsBelow { get; init; }

    /// <summary>The batch committed last before anything of the page was read: what follows on it is news. Null before signing in, and in an empty store.</summary>
    public string? Committed { get; init; }

    /// <summary>Single keys do something, unless they have switched that off.</summary>
    public bool Keys { get; init; } = true;
}

/// <summary>The one who is signed in, as the frame names them.</summary>
public sealed record Person(string Name, string Roles);
