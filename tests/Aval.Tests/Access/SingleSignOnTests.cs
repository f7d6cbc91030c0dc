using System.Text;
using System.Text.Json;
using Aval.Access;
using Aval.Kernel.Storage;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Access;

/// <summary>Tokens of an identity provider of our own, with keys made for the test.</summary>
public sealed class SingleSignOnTests : IAsyncLifetime
{
    readonly MovedClock clock = new();
    readonly string folder = Directory.CreateTempSubdirectory("aval-sign-on-").FullName;
    IdentityProvider? provider;

    IdentityProvider Provider => provider!;

    public async ValueTask InitializeAsync()
    {
        provider = await IdentityProvider.StartAsync();
        provider.Make("rsa-1", "RS256");
        provider.Make("ec-1", "ES256");
    }

    public async ValueTask DisposeAsync()
    {
        await Provider.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("rsa-1", "RS256")]
    [InlineData("ec-1", "ES256")]
    public async Task A_token_of_the_provider_opens_with_the_roles_its_claim_maps_to(string id, string algorithm)
    {
        await using var server = await StartedAsync();
        var me = (await server.Get("/me", by: Token(id, algorithm))).Expect(200);
        Assert.Equal(("person", "Clara Novak", """["creditManager"]"""), (me["kind"], me["name"], me["roles"]));
        (await server.Get("/me", by: Token(id, algorithm, ("groups", "credit")))).Expect(200);
        (await server.Get("/me", by: Token(id, algorithm, ("groups", new[] { "staff" })))).Expect(401, "key-unknown");
        (await server.Get("/me", by: Token(id, algorithm, ("groups", null)))).Expect(401, "key-unknown");
    }

    [Fact]
    public async Task A_token_that_is_not_the_providers_for_us_and_now_opens_nothing()
    {
        await using var server = await StartedAsync();
        var now = clock.GetUtcNow();
        (await server.Get("/me", by: Token())).Expect(200);
        foreach (var (why, token) in new[]
        {
            ("another issuer", Token(changes: ("iss", "https://elsewhere.example.com"))), ("no issuer", Token(changes: ("iss", null))),
            ("for somebody else", Token(changes: ("aud", "payroll"))), ("for nobody", Token(changes: ("aud", null))),
            ("over", Token(changes: ("exp", now.AddSeconds(-61).ToUnixTimeSeconds()))), ("for ever", Token(changes: ("exp", null))),
            ("not yet", Token(changes: ("nbf", now.AddSeconds(62).ToUnixTimeSeconds()))), ("no name", Token(changes: ("preferred_username", null))),
            ("the bootstrap's name", Token(changes: ("preferred_username", "bootstrap"))), ("a root's name", Token(changes: ("preferred_username", "@company"))),
            ("changed", Tampered(Token())), ("unsigned", IdentityProvider.Forged(now, "none", "rsa-1", [])),
            ("the public key as a secret", IdentityProvider.Forged(now, "HS256", "rsa-1", Encoding.UTF8.GetBytes(Provider.Keys()))),
            ("an empty secret", IdentityProvider.Forged(now, "HS256", "rsa-1", [])), ("no key named", IdentityProvider.Forged(now, "RS256", null, [])),
            ("no signature", Token()[..(Token().LastIndexOf('.') + 1)]), ("rubbish", "a.b.c"), ("rubbish in base64", "YQ.YQ.YQ"), ("long", new string('a', 20_000) + ".b.c"),
        })
        {
            var reply = await server.Get("/me", by: token);
            Assert.Equal((why, 401, "key-unknown"), (why, reply.Status, reply.Code));
        }
    }

    [Fact]
    public async Task A_token_that_gives_no_role_is_told_of_once_an_hour()
    {
        await using var server = await StartedAsync();
        for (var i = 0; i < 5; i++) (await server.Get("/me", by: Token(changes: ("groups", null)))).Expect(401, "key-unknown");
        Assert.Equal(1, await Refused());
        clock.Move(SingleSignOn.BetweenLines);
        (await server.Get("/me", by: Token(changes: ("groups", null)))).Expect(401, "key-unknown");
        Assert.Equal(2, await Refused());

        async Task<int> Refused() => (await server.Get("/access-log?who=nobody&limit=500")).Expect(200).Body.GetProperty("entries").EnumerateArray()
            .Count(entry => entry.GetProperty("event").GetString() == "tokenRefused");
    }

    [Fact]
    public async Task A_minute_of_difference_between_the_clocks_is_forgiven()
    {
        await using var server = await StartedAsync();
        (await server.Get("/me", by: Token(changes: ("exp", clock.GetUtcNow().AddSeconds(-59).ToUnixTimeSeconds())))).Expect(200);
        (await server.Get("/me", by: Token(changes: ("nbf", clock.GetUtcNow().AddSeconds(59).ToUnixTimeSeconds())))).Expect(200);
    }

    [Fact]
    public async Task A_new_key_of_the_provider_is_found_and_invented_ones_cost_it_little()
    {
        await using var server = await StartedAsync();
        (await server.Get("/me", by: Token())).Expect(200);
        Provider.Make("rsa-2", "RS256");
        (await server.Get("/me", by: Token("rsa-2"))).Expect(401, "key-unknown");
        clock.Move(IssuerKeys.BetweenReads);
        (await server.Get("/me", by: Token("rsa-2"))).Expect(200);
        var asked = Provider.Asked;
        for (var i = 0; i < 20; i++) (await server.Get("/me", by: IdentityProvider.Forged(clock.GetUtcNow(), "RS256", $"invented-{i}", []))).Expect(401, "key-unknown");
        Assert.Equal(asked, Provider.Asked);
    }

    [Fact]
    public async Task While_the_provider_does_not_answer_the_keys_that_are_known_go_on()
    {
        await using var server = await StartedAsync();
        (await server.Get("/me", by: Token())).Expect(200);
        Provider.IsDown = true;
        clock.Move(TimeSpan.FromHours(2));
        (await server.Get("/me", by: Token())).Expect(200);
        Assert.Equal(2, Provider.Asked);
    }

    [Fact]
    public async Task The_keys_may_stand_in_a_file_and_the_roles_with_our_users()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "keys.json"), Provider.Keys(), TestContext.Current.CancellationToken);
        await using var server = await StartedAsync(new { issuer = IdentityProvider.Issuer, audience = IdentityProvider.Audience, keys = "keys.json" });
        (await server.Get("/me", by: Token())).Expect(401, "key-unknown");
        (await server.Put("/users/clara%20novak", new { roles = new[] { "quality" } })).Expect(200);
        Assert.Equal("""["quality"]""", (await server.Get("/me", by: Token())).Expect(200)["roles"]);
        (await server.Post("/users/clara%20novak/disable", new { reason = "left" })).Expect(200);
        (await server.Get("/me", by: Token())).Expect(401, "key-unknown");
    }

    [Fact]
    public async Task Roles_that_lie_apart_are_refused_to_a_token_too_and_the_log_says_why()
    {
        await using var server = await StartedAsync();
        (await server.Get("/me", by: Token(changes: ("groups", new[] { "credit", "sellers" })))).Expect(401, "key-unknown");
        Assert.Contains("creditManager", (await server.Get("/access-log?who=nobody")).Expect(200).Text, StringComparison.Ordinal);
        (await server.Post("/users/Clara%20Novak/role-conflicts", new { roles = new[] { "creditManager", "sales" }, reason = "small house" })).Expect(200);
        (await server.Get("/me", by: Token(changes: ("groups", new[] { "credit", "sellers" })))).Expect(200);
    }

    [Theory]
    [InlineData("""{"issuer":"i","audience":"a"}""", "keys")]
    [InlineData("""{"issuer":"i","audience":"a","keys":"http://id.example.com/keys"}""", "https")]
    [InlineData("""{"issuer":"i","audience":"a","keys":"k","roles":{"x":"boss"}}""", "boss")]
    [InlineData("""{"issuer":"i","audience":"a","keys":"k","clockSkewSeconds":9999}""", "clockSkewSeconds")]
    [InlineData("""{"issuer":"i","audience":"a","keys":"k","algorithms":["none"]}""", "algorithms")]
    [InlineData("not json", "JSON")]
    public async Task Settings_that_cannot_be_are_told_at_the_start(string text, string said)
    {
        var file = Path.Combine(folder, "settings.json");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        var refused = Assert.Throws<StoreRefusedException>(() => SignOnSettings.Read(file));
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told_at_the_start() =>
        Assert.Throws<StoreRefusedException>(() => SignOnSettings.Read(Path.Combine(folder, "missing.json")));

    async Task<RunningServer> StartedAsync(object? settings = null)
    {
        var file = Path.Combine(folder, "sign-on.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(settings ?? new
        {
            issuer = IdentityProvider.Issuer, audience = IdentityProvider.Audience, keys = Provider.Address, roleClaim = "groups",
            roles = new { credit = "creditManager", sellers = "sales", warehouse = "orderManager" },
        }));
        return await RunningServer.StartAsync(RunningServer.NewStore(null) with { SingleSignOn = file, Clock = clock });
    }

    string Token(string id = "rsa-1", string algorithm = "RS256", params (string Claim, object? Value)[] changes) =>
        Provider.Token(clock.GetUtcNow(), id, algorithm, changes);

    static string Tampered(string token)
    {
        var parts = token.Split('.');
        var body = Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Decode(parts[1]).Replace("Clara Novak", "Helena Voss", StringComparison.Ordinal);
        return $"{parts[0]}.{Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Encode(body)}.{parts[2]}";
    }
}
