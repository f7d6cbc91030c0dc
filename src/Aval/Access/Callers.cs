using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Access;

/// <summary>Whom a bearer is of: a key of ours, the token of a session, or a token of the identity provider.</summary>
sealed class Callers(Keyring keyring, Sessions sessions, SingleSignOn signOn) : IKeys
{
    public async ValueTask<Actor?> FindAsync(string key, CancellationToken cancel, bool isUse = true)
    {
        if (key.StartsWith(SessionStore.Prefix, StringComparison.Ordinal)) return await sessions.FindAsync(key, cancel, isUse);
        return await keyring.FindAsync(key, cancel) ?? await signOn.FindAsync(key, cancel);
    }
}
