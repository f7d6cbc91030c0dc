using System.Collections.Immutable;
using Aval.Kernel;

namespace Aval.Web;

/// <summary>What people have chosen for themselves: their language, the columns of a list. The one that answers stands in <c>Access</c>.</summary>
public interface IPreferences
{
    Task<Preferred> OfAsync(Actor actor, CancellationToken cancel);

    /// <param name="value">Null takes the choice back.</param>
    Task KeepAsync(Actor actor, string name, string? value, CancellationToken cancel);
}

/// <summary>The choices of one person by their names; nothing stands for what is usual.</summary>
public sealed record Preferred(ImmutableDictionary<string, string> Values)
{
    public static readonly Preferred Nothing = new(ImmutableDictionary<string, string>.Empty);

    const string Language = "language";
    const string Keys = "keys";

    internal Tongue? Tongue => Tongue.Of(Of(Language));

    /// <summary>Single keys do something; whoever speaks to their computer, or strays over the keys, switches that off.</summary>
    public bool HasKeys => Of(Keys) != "off";

    public string? Of(string name) => Values.GetValueOrDefault(name);

    internal static Task KeepTongueAsync(IPreferences preferences, Actor actor, Tongue chosen, CancellationToken cancel) =>
        preferences.KeepAsync(actor, Language, chosen.Code, cancel);

    internal static Task KeepKeysAsync(IPreferences preferences, Actor actor, bool on, CancellationToken cancel) =>
        preferences.KeepAsync(actor, Keys, on ? null : "off", cancel);
}
