using Aval.Kernel;
using Microsoft.AspNetCore.Http;

namespace Aval.Web;

/// <summary>Who is signed in. The one that answers stands in <c>Access</c>.</summary>
public interface IVisitors
{
    /// <summary>Where one signs in.</summary>
    const string SignIn = "/sign-in";

    /// <summary>The actor of the session cookie, or null when nobody (any more) is signed in. Sets <see cref="HttpContext.User"/>.</summary>
    ValueTask<Actor?> FindAsync(HttpContext context);
}
