using System.Globalization;
using Aval.Kernel.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aval.Kernel.Web;

/// <summary>One call of an address, by an actor who may: what a use case can ask about it.</summary>
public sealed class ApiRequest
{
    readonly HttpContext context;
    readonly ApiHost host;
    Dictionary<string, object> query = [];
    string? idempotencyKey;
    Claim? key;
    IReadOnlyList<string>? read;

    internal ApiRequest(HttpContext context, ApiHost host, Address address, Actor actor) =>
        (this.context, this.host, Address, Actor, Desk) = (context, host, address, actor, new SeenDesk(host.Desk, host.Store, actor));

    public Address Address { get; }
    public Actor Actor { get; }

    /// <summary>The Desk as the caller has it; with <see cref="Store"/> the only way to what the caller does not see is by name.</summary>
    public SeenDesk Desk { get; }
    public Store Store => Desk.Store;

    /// <summary>The languages that the caller reads, as the header names them.</summary>
    public string AcceptLanguage => context.Request.Headers.AcceptLanguage.ToString();

    /// <summary>The version that the caller saw, by the header <c>If-Match</c>; null when none was sent, or any will do.</summary>
    public string? IfMatch => context.Request.Headers.IfMatch.ToString() is { Length: > 0 } sent and not "*" ? sent.TrimStart('W', '/').Trim('"') : null;

    /// <summary>Says which version the answer is of, for a later <see cref="IfMatch"/>.</summary>
    public void ShowTag(string tag) => context.Response.Headers.ETag = $"\"{tag}\"";

    /// <summary>Ends when the caller has gone.</summary>
    public CancellationToken Cancel => context.RequestAborted;

    internal HttpContext Context => context;
    internal ILogger Log => host.Log;

    /// <summary>Something that the capability registered in <see cref="ICapability.AddServices"/>.</summary>
    public T Get<T>() where T : notnull => host.Services.GetRequiredService<T>();

    /// <summary>A part of the address, decoded: <c>/orders/A%2F1</c> has the number <c>A/1</c>.</summary>
    public string Route(string name)
    {
        var value = (string)context.Request.RouteValues[name]!;
        // Kestrel decodes everything but %2F, so that with a % left only the address as it was sent tells A%2F1 from A%252F1.
        return value.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(Sent(name) ?? value) : value;
    }

    /// <summary>A part of the address as a value: <c>/rates/2026-03-02</c>; refuses with <c>field-invalid</c>.</summary>
    public Answered<T> Route<T>(string name) =>
        Leaf.TryRead(Route(name), typeof(T), out var value, out var fault) ? (T)value! : BodyFaults.Invalid(name, Wording.Literally(fault));

    /// <summary>A field of the query as its declared type; the default of <typeparamref name="T"/> when it was not sent.</summary>
    public T? Query<T>(string name) => query.TryGetValue(name, out var value) ? (T)value : default;

    /// <summary>Decides and commits a command in the caller's name, under the <c>Idempotency-Key</c> when one was sent.</summary>
    /// <param name="part">Tells the commands of one call apart when it submits several: each then has a key of its own.</param>
    public Task<Answer> SubmitAsync(Command command, string? part = null)
    {
        if (key is not null) command = command with { Key = part is null ? key : key with { Number = $"{key.Number} {part}" } };
        return Address.HasEditions && command.Edits is { } edited ? EditAsync(command with { Read = read }, edited) : Desk.SubmitAsync(command, Actor, cancel: Cancel);
    }

    /// <summary>Tells the caller which state of the document this answer shows.</summary>
    public void ShowEdition<TRow>(Table<TRow> table, TRow row) where TRow : class => context.Response.Headers.ETag = $"\"{Edition.TagOf(table, row)}\"";

    /// <summary>Tells which state the document is in by now; of one that was changed meanwhile, what has changed.</summary>
    async Task<Answer> EditAsync(Command command, Cite edited)
    {
        var answer = await Desk.SubmitAsync(command, Actor, cancel: Cancel);
        if (answer.Outcome is { } outcome)
        {
            var row = outcome.Rows.LastOrDefault(row => row.GetType() == edited.Row && edited.Table.KeyOf(row) == edited.Key) ?? outcome.After?.Find(edited.Row, edited.Key);
            if (row is not null) context.Response.Headers.ETag = $"\"{Edition.TagOf(edited.Table, row)}\"";
            return answer;
        }

        if (read is null || answer.Problem!.Kind != KernelProblems.VersionStale || await RootOfAsync(command.Subject) is not { } root) return answer;
        await using var reader = await Store.SnapshotAsync(Cancel);
        var changed = await Edition.ChangedAsync(reader, edited, root, read, Cancel);
        return changed.Last.Length == 0 ? answer
            : KernelProblems.VersionStale.With(changed.Fields.Count == 0
                ? (Wording)$"{edited.Key} is not as it was read; it was changed last {changed.Last}."
                : $"{edited.Key} was changed since it was read, last {changed.Last}: {string.Join(", ", changed.Fields)}.");
    }

    async Task<string?> RootOfAsync(Subject subject)
    {
        if (subject == Subject.Company) return Facts.Company;
        var party = subject.Scope is null ? subject.Number : await Desk.Directory.PartyOfAsync(subject.Scope, subject.Number, Cancel);
        return party is null ? null : await Desk.Directory.RootOfAsync(party, Cancel);
    }

    /// <summary>Reads the query and the idempotency key; refuses with <c>field-unknown</c> or <c>field-invalid</c>.</summary>
    internal Problem? Admit()
    {
        if (context.Request.QueryString.HasValue && ReadQuery() is { } problem) return problem;
        // Tags with or without their quotes; a weak one names no state for certain, so it never holds.
        if (Address.HasEditions && context.Request.Headers.IfMatch is { Count: > 0 } tags)
            read = [.. tags.SelectMany(tag => tag!.Split(',', StringSplitOptions.TrimEntries)).Select(tag => tag.Trim('"'))];
        if (!Address.TakesKey || !context.Request.Headers.TryGetValue("Idempotency-Key", out var sent)) return null;
        if (sent is not [{ Length: >= 1 and <= 200 } only] || only.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return KernelProblems.FieldInvalid.With("Idempotency-Key must be 1 to 200 visible ASCII characters.", "Idempotency-Key");
        idempotencyKey = only;
        return null;
    }

    /// <summary>Binds the idempotency key to what was asked: address and body in their JSON form.</summary>
    internal void Bind<TBody>(TBody body)
    {
        if (idempotencyKey is null) return;
        var route = context.Request.RouteValues.Keys.Order(StringComparer.Ordinal).Select(Route).ToList();
        key = Claim.OfKey(Actor, Address.Call, idempotencyKey, new KeyContent<TBody>(route, body));
    }

    sealed record KeyContent<TBody>(IReadOnlyList<string> Route, TBody Body);

    Problem? ReadQuery()
    {
        query = new(StringComparer.Ordinal);
        foreach (var (name, sent) in context.Request.Query)
        {
            var field = Address.Query.FirstOrDefault(field => field.Name == name);
            if (field is null) return BodyFaults.Unknown(name, name, Address.Query.Select(known => known.Name));
            if (sent is not [{ } text]) return BodyFaults.Invalid(name, "stands more than once");
            if (!Leaf.TryRead(text, field.Type, out var value, out var fault)) return BodyFaults.Invalid(name, Wording.Literally(fault));
            query[name] = value!;
        }

        return null;
    }

    /// <summary>The segment of the address as it was sent that this part of the template took.</summary>
    string? Sent(string name)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var place = Array.IndexOf((Api.Prefix + Address.Path).Split('/'), "{" + name + "}");
        var segments = target.Split('?')[0].Split('/');
        return target.StartsWith('/') && place < segments.Length ? segments[place] : null;
    }
}

/// <summary>What all addresses share.</summary>
public sealed record ApiHost(Desk Desk, Store Store, IKeys Keys, IServiceProvider Services, ILogger<Api> Log, RateLimits Rates);
