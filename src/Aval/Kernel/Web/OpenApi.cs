using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Aval.Kernel.Web;

/// <summary>The OpenAPI 3.1 document, written from the declared addresses alone: every body, every answer, every refusal.</summary>
public static partial class OpenApi
{
    static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = Json.Options.Encoder, NewLine = "\n" };

    public static byte[] Of(Api api)
    {
        var schemas = new Schemas(Docstrings.OfAval());
        foreach (var address in api.Addresses)
            if (address.Body is { Kind: not BodyKind.File } body) schemas.OfBody(body.Type);
        var paths = new JsonObject();
        foreach (var group in api.Addresses.GroupBy(address => address.Path).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var path = new JsonObject();
            foreach (var address in group) path[address.Method.ToLowerInvariant()] = Operation(address, schemas);
            paths[group.Key] = path;
        }

        var components = schemas.Components;
        var tags = api.Addresses.Select(address => address.Capability).Distinct();
        components["Problem"] = Problem();
        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Aval",
                ["version"] = "1",
                ["description"] = "Turns sales orders into cash. Amounts are numbers in the document's currency; dates are YYYY-MM-DD; unknown "
                    + "fields are refused; a number in an address is percent-encoded (/ as %2F); errors are problems (RFC 9457).",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = Api.Prefix }),
            ["security"] = new JsonArray(new JsonObject { ["key"] = new JsonArray() }),
            ["tags"] = new JsonArray([.. tags.Select(name => new JsonObject { ["name"] = name })]),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject { ["key"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" } },
                ["parameters"] = new JsonObject { ["IdempotencyKey"] = IdempotencyKey(), ["IfMatch"] = IfMatch() },
                ["schemas"] = components,
            },
        };
        return JsonSerializer.SerializeToUtf8Bytes(document, Readable);
    }

    static JsonObject Operation(Address address, Schemas schemas)
    {
        var operation = new JsonObject
        {
            ["operationId"] = OperationId(address),
            ["tags"] = new JsonArray(address.Capability),
            ["summary"] = address.Summary,
            ["description"] = $"Needs the right {address.Permission.Code}: {string.Join(", ", address.Permission.Roles)}.",
        };
        var parameters = Parameters(address);
        if (parameters.Count > 0) operation["parameters"] = parameters;
        if (address.Body is { } body)
            operation["requestBody"] = new JsonObject { ["required"] = body.Type != typeof(Nothing), ["content"] = Content(body, schemas) };
        var mediaType = address.Body?.Kind == BodyKind.Lines ? "application/x-ndjson" : address.IsStream ? "text/event-stream" : "application/json";
        var answer = new JsonObject { [mediaType] = new JsonObject { ["schema"] = schemas.OfAnswer(address.Answer) } };
        foreach (var file in address.Files) answer[file] = new JsonObject();
        var accepted = new JsonObject { ["description"] = "Accepted", ["content"] = answer };
        if (address.HasEditions) accepted["headers"] = new JsonObject { ["ETag"] = EntityTag() };
        var responses = new JsonObject { [Text(address.Status)] = accepted };
        foreach (var group in address.AllProblems.GroupBy(problem => problem.Status).OrderBy(group => group.Key))
            responses[Text(group.Key)] = Refusals([.. group]);
        operation["responses"] = responses;
        return operation;
    }

    /// <summary><c>GET /orders/{number}</c> is <c>getOrdersByNumber</c>, <c>POST /orders/{number}/cancel</c> is <c>postOrdersCancel</c>.</summary>
    static string OperationId(Address address)
    {
        var path = address.Path.EndsWith('}') ? address.Path.Replace("/{", "/by-{", StringComparison.Ordinal) : Part().Replace(address.Path, "");
        var words = Word().Matches(path);
        return address.Method.ToLowerInvariant() + string.Concat(words.Select(word => char.ToUpperInvariant(word.Value[0]) + word.Value[1..]));
    }

    static JsonArray Parameters(Address address)
    {
        var parameters = new JsonArray();
        foreach (Match part in Part().Matches(address.Path))
            parameters.Add(new JsonObject
            {
                ["name"] = part.Groups["name"].Value, ["in"] = "path", ["required"] = true, ["schema"] = new JsonObject { ["type"] = "string" },
            });
        foreach (var field in address.Query)
            parameters.Add(new JsonObject
            {
                ["name"] = field.Name, ["in"] = "query", ["description"] = field.Meaning, ["schema"] = Leaf.Of(field.Type).Schema.DeepClone(),
            });
        if (address.TakesKey) parameters.Add(new JsonObject { ["$ref"] = "#/components/parameters/IdempotencyKey" });
        if (address is { HasEditions: true, Method: not "GET" }) parameters.Add(new JsonObject { ["$ref"] = "#/components/parameters/IfMatch" });
        return parameters;
    }

    static JsonObject Content(BodyShape body, Schemas schemas)
    {
        var content = new JsonObject();
        foreach (var mediaType in body.MediaTypes)
            content[mediaType] = body.Kind == BodyKind.File ? new JsonObject() : new JsonObject { ["schema"] = schemas.OfBody(body.Type) };
        return content;
    }

    static JsonObject Refusals(IReadOnlyList<ProblemKind> problems)
    {
        var codes = new JsonObject { ["code"] = new JsonObject { ["enum"] = Texts(problems.Select(problem => problem.Code)) } };
        var schema = new JsonObject { ["$ref"] = "#/components/schemas/Problem", ["properties"] = codes };
        return new()
        {
            ["description"] = string.Join("; ", problems.Select(problem => $"{problem.Code}: {problem.Title}")),
            ["content"] = new JsonObject { [ProblemAnswer.MediaType] = new JsonObject { ["schema"] = schema } },
        };
    }

    static JsonObject Problem() => new()
    {
        ["type"] = "object",
        ["description"] = "A refusal (RFC 9457): nothing was changed, and this says why and where.",
        ["properties"] = new JsonObject
        {
            ["type"] = new JsonObject { ["type"] = "string", ["format"] = "uri-reference", ["description"] = "A page that says what can be done." },
            ["title"] = new JsonObject { ["type"] = "string" },
            ["status"] = new JsonObject { ["type"] = "integer" },
            ["detail"] = new JsonObject { ["type"] = "string", ["description"] = "One sentence with the names and numbers of this case." },
            ["code"] = new JsonObject { ["type"] = "string", ["description"] = "Permanent, in kebab case." },
            ["field"] = new JsonObject { ["type"] = "string", ["description"] = "Path of the field that is meant, as lines[0].quantity; or absent." },
            ["trace"] = new JsonObject { ["type"] = "string", ["description"] = "Under which the server's log knows the call." },
        },
        ["required"] = Texts(["type", "title", "status", "detail", "code", "trace"]),
    };

    static JsonObject IdempotencyKey() => new()
    {
        ["name"] = "Idempotency-Key",
        ["in"] = "header",
        ["description"] = "The same key with the same content gets the stored answer; with other content it is refused with key-reused. "
            + "Without a key, what has no number of its own (a delivery, a limit, an allocation) is done again each time it is sent: a client that may repeat itself sends one.",
        ["schema"] = new JsonObject { ["type"] = "string", ["pattern"] = "^[!-~]{1,200}$" },
    };

    static JsonObject IfMatch() => new()
    {
        ["name"] = "If-Match",
        ["in"] = "header",
        ["description"] = "The ETag of what was read: when it has changed meanwhile, the call is refused with version-stale. Without it the call holds for whatever stands.",
        ["schema"] = new JsonObject { ["type"] = "string" },
    };

    static JsonObject EntityTag() => new()
    {
        ["description"] = "The state that the document is in, for If-Match. What is computed along with it, as findings, is no part of it.",
        ["schema"] = new JsonObject { ["type"] = "string" },
    };

    static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Part();

    [GeneratedRegex(@"[A-Za-z]+")]
    private static partial Regex Word();
}
