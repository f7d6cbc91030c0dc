using Aval.Tests.Infrastructure;

namespace Aval.Tests.Access;

/// <summary>Users of a server, as an administrator enters them: with a password of their own, signed in; who decides with a second person.</summary>
static class People
{
    /// <summary>Leads the company by a key.</summary>
    public const string Head = "lena:leadership";

    public const string Password = "correct horse battery";

    /// <summary>Enters a user and signs them in; their token can stand where a key would.</summary>
    public static async Task<string> UserAsync(this RunningServer server, string name, params string[] roles)
    {
        var address = $"/users/{Uri.EscapeDataString(name)}";
        var entered = (await server.Put(address, new { roles })).Expect(200);
        if (entered.Body.GetProperty("pendingRoles").GetArrayLength() > 0)
            (await server.Post($"{address}/pending-roles/accept", new { reason = "known" }, Head)).Expect(200);
        var given = (await server.Post($"{address}/password", new { })).Expect(200);
        var second = given["isHalf"] == "True" ? (await server.Post($"{address}/password/second-half", new { }, Head)).Expect(200)["password"] : "";
        return (await server.Post("/sign-in", new { name, password = given["password"] + second, newPassword = Password }, by: "nobody")).Expect(200)["token"]!;
    }

    public static Task<ServerReply> SignInAsync(this RunningServer server, string name, string password = Password) =>
        server.Post("/sign-in", new { name, password }, by: "nobody");
}

/// <summary>A clock that stands until it is moved.</summary>
sealed class MovedClock : TimeProvider
{
    DateTimeOffset now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;
    public void Move(TimeSpan by) => now += by;
}
