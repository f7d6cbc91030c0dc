using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Access;

/// <summary>What the addresses of one's own account ask in the same way.</summary>
static class Accounts
{
    const string Scheme = "Bearer ";

    /// <summary>The session whose token the call carries; null when it carries a key.</summary>
    public static async Task<Session?> SessionOfAsync(ApiRequest request, CancellationToken cancel)
    {
        var sent = request.Context.Request.Headers.Authorization.ToString();
        var token = sent.Length > Scheme.Length ? sent[Scheme.Length..].Trim() : "";
        return token.StartsWith(SessionStore.Prefix, StringComparison.Ordinal) ? await request.Get<SessionStore>().FindAsync(token, cancel) : null;
    }

    /// <summary>The user who calls; a key is none, and neither is somebody whom only the identity provider knows.</summary>
    public static User? UserOf(Actor actor, Facts company) => actor.Kind == ActorKind.Person ? company.Get<AccessFacts>().User(actor.Name) : null;

    public static Problem NoUser(Actor actor) => AccessProblems.NoUser.With($"{actor} is no user.");
}
