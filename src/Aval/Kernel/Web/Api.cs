using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Aval.Kernel.Web;

/// <summary>The one way to declare an address: one statement says who may call it, what it takes, what it answers and how it refuses.</summary>
/// <remarks>Declaring does nothing yet: the server maps what was declared, and the documents are written from it.</remarks>
public sealed class Api
{
    public const string Prefix = "/api/v1";

    readonly List<(Address Address, Func<ApiRequest, Task> Handle)> declared = [];
    readonly string folder;

    Api(string folder) => this.folder = folder;

    /// <summary>All addresses of these capabilities, in their order.</summary>
    public static Api Of(Composition composition)
    {
        var all = new Api("");
        foreach (var capability in composition.Capabilities)
        {
            var own = new Api(capability.Name);
            capability.Map(own);
            all.declared.AddRange(own.declared);
        }

        return all;
    }

    public IEnumerable<Address> Addresses => declared.Select(pair => pair.Address);

    /// <summary>Declares an address that reads.</summary>
    public void Get<TAnswer>(
        string path, Permission permission, string summary, Func<ApiRequest, CancellationToken, Task<Answered<TAnswer>>> read,
        IReadOnlyList<QueryField>? query = null, IReadOnlyList<ProblemKind>? problems = null, Described? shape = null) =>
        Add<TAnswer>("GET", path, permission, summary, null, query, problems, 200, request => AnswerAsync(request, read), shape);

    /// <summary>Declares an address that reads, and tells it as JSON or as a file, as is asked for.</summary>
    /// <param name="mediaTypes">Those of its files.</param>
    /// <param name="tell">Writes the whole answer itself, or refuses before the first byte of it.</param>
    public void GetFile<TAnswer>(
        string path, Permission permission, string summary, IReadOnlyList<string> mediaTypes, Func<ApiRequest, CancellationToken, Task<Problem?>> tell,
        IReadOnlyList<QueryField>? query = null, IReadOnlyList<ProblemKind>? problems = null) =>
        declared.Add((new Address("GET", path, permission, summary, folder, null, typeof(TAnswer), 200, query ?? [], problems ?? []) { Files = mediaTypes }, async request =>
        {
            if (await tell(request, request.Cancel) is { } problem) await ProblemAnswer.WriteAsync(request.Context, problem);
        }));

    /// <summary>Declares an address whose body becomes one command; its outcome becomes the answer.</summary>
    /// <param name="command">Body to command, or a refusal. What needs facts is refused by the command's own decision.</param>
    public void Post<TBody, TAnswer>(
        string path, Permission permission, string summary, Func<TBody, ApiRequest, Asked> command, Func<Outcome, ApiRequest, TAnswer> answer,
        IReadOnlyList<ProblemKind>? problems = null, int status = 200, Described? shape = null) =>
        Send("POST", path, permission, summary, problems, status, Act(command, answer), shape);

    /// <summary>As the other, for an answer that is read or computed after the commit.</summary>
    public void Post<TBody, TAnswer>(
        string path, Permission permission, string summary, Func<TBody, ApiRequest, Asked> command,
        Func<Outcome, ApiRequest, CancellationToken, Task<Answered<TAnswer>>> answer,
        IReadOnlyList<ProblemKind>? problems = null, int status = 200) =>
        Send("POST", path, permission, summary, problems, status, Act(command, answer));

    /// <summary>Declares an address that is more, or less, than one command.</summary>
    public void Post<TBody, TAnswer>(
        string path, Permission permission, string summary, Func<TBody, ApiRequest, CancellationToken, Task<Answered<TAnswer>>> act,
        IReadOnlyList<ProblemKind>? problems = null, int status = 200) =>
        Send("POST", path, permission, summary, problems, status, act);

    /// <summary>Declares an address whose body becomes one command; its outcome becomes the answer.</summary>
    public void Put<TBody, TAnswer>(
        string path, Permission permission, string summary, Func<TBody, ApiRequest, Asked> command, Func<Outcome, ApiRequest, TAnswer> answer,
        IReadOnlyList<ProblemKind>? problems = null, Described? shape = null) =>
        Send("PUT", path, permission, summary, problems, 200, Act(command, answer), shape);

    /// <summary>As the other, for an answer that is read or computed after the commit.</summary>
    public void Put<TBody, TAnswer>(
        string path, Permission permission, string summary, Func<TBody, ApiRequest, Asked> command,
        Func<Outcome, ApiRequest, CancellationToken, Task<Answered<TAnswer>>> answer, IReadOnlyList<ProblemKind>? problems = null) =>
        Send("PUT", path, permission, summary, problems, 200, Act(command, answer));

    /// <summary>Declares an address that is more, or less, than one command.</summary>
    public void Put<TBody, TAnswer>(
        string path, Permission permission, string summary, Func<TBody, ApiRequest, CancellationToken, Task<Answered<TAnswer>>> act,
        IReadOnlyList<ProblemKind>? problems = null) =>
        Send("PUT", path, permission, summary, problems, 200, act);

    /// <summary>Declares an address whose body becomes one command; its outcome becomes the answer.</summary>
    public void Patch<TBody, TAnswer>(
        string path, Permission permission, string summary, Func<TBody, ApiRequest, Asked> command, Func<Outcome, ApiRequest, TAnswer> answer,
        IReadOnlyList<ProblemKind>? problems = null) =>
        Send("PATCH", path, permission, summary, problems, 200, Act(command, answer));

    /// <summary>Declares an address that is more, or less, than one command.</summary>
    public void Patch<TBody, TAnswer>(
        string path, Permission permission, string summary, Func<TBody, ApiRequest, CancellationToken, Task<Answered<TAnswer>>> act,
        IReadOnlyList<ProblemKind>? problems = null) =>
        Send("PATCH", path, permission, summary, problems, 200, act);

    /// <summary>Declares an address that takes something back; it has no body.</summary>
    public void Delete<TAnswer>(
        string path, Permission permission, string summary, Func<ApiRequest, CancellationToken, Task<Answered<TAnswer>>> act,
        IReadOnlyList<ProblemKind>? problems = null) =>
        Add<TAnswer>("DELETE", path, permission, summary, null, null, problems, 200, request => AnswerAsync(request, act));

    /// <summary>Declares an address that takes a command a line and answers in the same order; a refused line's answer is its problem.</summary>
    public void PostLines<TLine, TAnswer>(
        string path, Permission permission, string summary, Func<TLine, ApiRequest, Asked> command,
        Func<Outcome, ApiRequest, CancellationToken, Task<Answered<TAnswer>>> answer, IReadOnlyList<ProblemKind>? problems = null) =>
        Add<TAnswer>(
            "POST", path, permission, summary, BodyShape.Lines(typeof(TLine)), null, problems, 200,
            request => Lines.RunAsync(request, command, answer));

    /// <summary>Declares an address that takes a file as it is.</summary>
    /// <param name="mediaTypes">What <c>Content-Type</c> may say; <c>*/*</c> for anything, the format being detected from the bytes.</param>
    public void PostFile<TAnswer>(
        string path, Permission permission, string summary, IReadOnlyList<string> mediaTypes,
        Func<ReadOnlyMemory<byte>, ApiRequest, CancellationToken, Task<Answered<TAnswer>>> act, IReadOnlyList<ProblemKind>? problems = null,
        IReadOnlyList<QueryField>? query = null) =>
        Add<TAnswer>("POST", path, permission, summary, BodyShape.File(mediaTypes), query, problems, 200, async request =>
        {
            var file = await Body.ReadAsync(request, bytes => (Answered<ReadOnlyMemory<byte>>)(ReadOnlyMemory<byte>)bytes.ToArray());
            if (file.Problem is { } refusal) await ProblemAnswer.WriteAsync(request.Context, refusal);
            else await Reply.WriteAsync(request, await act(file.Value, request, request.Cancel));
        });

    /// <summary>Declares an address that goes on telling what happens, as server-sent events; it refuses before the first of them.</summary>
    public void Follow<TEvent>(
        string path, Permission permission, string summary, Func<ApiRequest, CancellationToken, Task<Problem?>> tell, IReadOnlyList<ProblemKind>? problems = null) =>
        declared.Add((new Address("GET", path, permission, summary, folder, null, typeof(TEvent), 200, [], problems ?? []) { IsStream = true }, async request =>
        {
            if (await tell(request, request.Cancel) is { } problem) await ProblemAnswer.WriteAsync(request.Context, problem);
        }));

    /// <summary>Declares that these addresses show or edit a document whose states have tags: <see cref="Command.Edits"/> of their commands says which.</summary>
    public void HaveEditions(params IReadOnlyList<string> paths)
    {
        for (var i = 0; i < declared.Count; i++)
            if (paths.Contains(declared[i].Address.Path)) declared[i] = (declared[i].Address with { HasEditions = true }, declared[i].Handle);
    }

    /// <summary>Makes the declared addresses answer.</summary>
    internal void MapTo(IEndpointRouteBuilder routes, ApiHost host)
    {
        foreach (var (address, handle) in declared)
        {
            var endpoint = new ApiEndpoint(address, host, handle);
            routes.MapMethods(Prefix + address.Path, [address.Method], endpoint.AnswerAsync).WithMetadata(address);
        }
    }

    void Send<TBody, TAnswer>(
        string method, string path, Permission permission, string summary, IReadOnlyList<ProblemKind>? problems, int status,
        Func<TBody, ApiRequest, CancellationToken, Task<Answered<TAnswer>>> act, Described? shape = null) =>
        Add<TAnswer>(method, path, permission, summary, BodyShape.Json(shape?.Body ?? typeof(TBody)), null, problems, status, async request =>
        {
            var body = await Body.ReadAsync(request, Body.Json<TBody>);
            if (body.Problem is { } refusal) await ProblemAnswer.WriteAsync(request.Context, refusal);
            else await Reply.WriteAsync(request, await act(body.Value!, request, request.Cancel));
        }, shape);

    void Add<TAnswer>(
        string method, string path, Permission permission, string summary, BodyShape? body, IReadOnlyList<QueryField>? query,
        IReadOnlyList<ProblemKind>? problems, int status, Func<ApiRequest, Task> handle, Described? shape = null) =>
        declared.Add((new Address(method, path, permission, summary, folder, body, shape?.Answer ?? typeof(TAnswer), status, query ?? [], problems ?? []), handle));

    static async Task AnswerAsync<TAnswer>(ApiRequest request, Func<ApiRequest, CancellationToken, Task<Answered<TAnswer>>> answer) =>
        await Reply.WriteAsync(request, await answer(request, request.Cancel));

    static Func<TBody, ApiRequest, CancellationToken, Task<Answered<TAnswer>>> Act<TBody, TAnswer>(
        Func<TBody, ApiRequest, Asked> command, Func<Outcome, ApiRequest, TAnswer> answer) =>
        Act<TBody, TAnswer>(command, (outcome, request, _) => Task.FromResult<Answered<TAnswer>>(answer(outcome, request)));

    static Func<TBody, ApiRequest, CancellationToken, Task<Answered<TAnswer>>> Act<TBody, TAnswer>(
        Func<TBody, ApiRequest, Asked> command, Func<Outcome, ApiRequest, CancellationToken, Task<Answered<TAnswer>>> answer) =>
        async (body, request, cancel) =>
        {
            var asked = command(body, request);
            if (asked.Problem is { } refusal) return refusal;
            var done = await request.SubmitAsync(asked.Command!);
            return done.Outcome is { } outcome ? await answer(outcome, request, cancel) : done.Problem!;
        };
}
