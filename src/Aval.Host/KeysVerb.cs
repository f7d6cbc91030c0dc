using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Spectre.Console;
using Command = System.CommandLine.Command;

namespace Aval.Host;

/// <summary><c>aval keys</c>: lists, makes, replaces and revokes API keys of a server at work.</summary>
static class KeysVerb
{
    static readonly Option<string> Server = new("--server")
    {
        Description = "Where the server listens", DefaultValueFactory = _ => "http://127.0.0.1:8080", HelpName = "URL", Recursive = true,
    };
    static readonly Option<string?> Key = new("--key")
    {
        Description = "An administrator's key (or AVAL_KEY)", DefaultValueFactory = _ => StoreOptions.FromEnvironment("AVAL_KEY"), HelpName = "KEY", Recursive = true,
    };
    static readonly Argument<string> Name = new("NAME") { Description = "The name under which its holder acts" };
    static readonly Argument<string[]> Roles = new("ROLE") { Description = "The roles it acts in", Arity = ArgumentArity.OneOrMore };
    static readonly Option<string[]> Rights = new("--right") { Description = "Narrows it to this right; may be said several times", HelpName = "RIGHT" };
    static readonly Option<bool> ReadOnly = new("--read-only") { Description = "It may look and change nothing" };
    static readonly Option<DateOnly?> Expires = new("--expires") { Description = "The last day on which it is valid", CustomParser = StoreOptions.Date, HelpName = "YYYY-MM-DD" };
    static readonly Option<int> Grace = new("--grace-hours")
    {
        Description = "For how long those of before go on", CustomParser = StoreOptions.Whole, DefaultValueFactory = _ => Access.RotateBody.UsualGrace, HelpName = "HOURS",
    };

    public static Command Verb()
    {
        var list = new Command("list", "Lists the keys and when each was last used");
        list.SetAction((given, cancel) => AskAsync(given, HttpMethod.Get, "", null, Tell, cancel));
        var make = new Command("make", "Makes a key and shows it, this once") { Name, Roles, Rights, ReadOnly, Expires };
        make.SetAction((given, cancel) => AskAsync(given, HttpMethod.Post, "", Asked(given), answer => Console.WriteLine(answer.GetProperty("key").GetString()), cancel));
        var rotate = new Command("rotate", "Makes a key in place of those of this name") { Name, Grace };
        rotate.SetAction((given, cancel) => AskAsync(
            given, HttpMethod.Post, $"/{Uri.EscapeDataString(given.GetValue(Name)!)}/rotate", new { graceHours = given.GetValue(Grace) }, answer =>
            {
                Console.WriteLine(answer.GetProperty("key").GetString());
                Console.Error.WriteLine($"Those of before end at {answer.GetProperty("retireAt").GetString()}.");
            }, cancel));
        var revoke = new Command("revoke", "Revokes all keys of this name") { Name };
        revoke.SetAction((given, cancel) => AskAsync(
            given, HttpMethod.Delete, "/" + Uri.EscapeDataString(given.GetValue(Name)!), null,
            answer => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{answer.GetProperty("revoked").GetInt32()} revoked")), cancel));
        return new Command("keys", "Looks after the API keys of a server at work") { Server, Key, list, make, rotate, revoke };
    }

    static object Asked(ParseResult given) => new
    {
        name = given.GetValue(Name), roles = given.GetValue(Roles), expires = given.GetValue(Expires), readOnly = given.GetValue(ReadOnly),
        rights = given.GetValue(Rights) is { Length: > 0 } rights ? rights : null,
    };

    static async Task<int> AskAsync(ParseResult given, HttpMethod method, string path, object? body, Action<JsonElement> tell, CancellationToken cancel)
    {
        if (given.GetValue(Key) is not { } key) return Fail("--key (or AVAL_KEY) must hold an administrator's key");
        if (!Uri.TryCreate($"{given.GetValue(Server)!.TrimEnd('/')}/api/v1/api-keys{path}", UriKind.Absolute, out var address))
            return Fail("--server must be an address as http://127.0.0.1:8080");
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(method, address);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + key);
        if (body is not null) request.Content = JsonContent.Create(body);
        try
        {
            using var response = await client.SendAsync(request, cancel);
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancel);
            if (!response.IsSuccessStatusCode) return Fail($"{answer.GetProperty("title").GetString()}: {answer.GetProperty("detail").GetString()}");
            tell(answer);
            return 0;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            return Fail($"{given.GetValue(Server)} does not answer as Aval does: {e.Message}");
        }
    }

    static void Tell(JsonElement answer)
    {
        var table = new Table().AddColumns("name", "roles", "narrowed to", "expires", "retires", "last used");
        foreach (var key in answer.GetProperty("keys").EnumerateArray())
            table.AddRow(
                new Text(key.GetProperty("name").GetString()!), new Text(Words(key.GetProperty("roles"))),
                new Text(string.Join(' ', new[] { key.GetProperty("readOnly").GetBoolean() ? "reading" : "", Words(key.GetProperty("rights")) }.Where(part => part.Length > 0))),
                Cell(key, "expires"), Cell(key, "retiresAt"), Cell(key, "lastUsed"));
        AnsiConsole.Write(table);
    }

    static Text Cell(JsonElement key, string field) => new(key.GetProperty(field).GetString() ?? "");

    static string Words(JsonElement list) => list.ValueKind == JsonValueKind.Array ? string.Join(' ', list.EnumerateArray().Select(word => word.GetString())) : "";

    static int Fail(string why)
    {
        Console.Error.WriteLine("aval: " + why);
        return 1;
    }
}
