using Aval.Access;
using Aval.Kernel.Storage;
using Aval.Policies.Rules;

namespace Aval.Work;

/// <summary>To whom something can be given: to the functions, and to the roles that handle work.</summary>
public static class Desks
{
    /// <summary>They read reports and give rights; nothing lies with them to be done.</summary>
    static readonly string[] HandlingNothing = [Roles.Finance, Roles.Administrator];

    public static IReadOnlyList<string> Takers { get; } =
        [.. Enum.GetValues<OwnerFunction>().Select(Words.Of), .. Roles.All.Where(role => !Words.TryParse<OwnerFunction>(role, out _)).Except(HandlingNothing)];
}
