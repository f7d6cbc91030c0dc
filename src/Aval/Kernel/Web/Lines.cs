using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Aval.Kernel.Web;

/// <summary>A command a line: many are decided at once, the answers keep the order of the lines.</summary>
/// <remarks>Lines are read on while answers wait to be fetched: a caller that sends everything before it reads anything is never locked out by its
/// own answers. What is not decided yet is bounded; what is decided is bounded by the length of the body.</remarks>
static class Lines
{
    /// <summary>Lines of one call that are in decision at once: two full batches of the Desk.</summary>
    const int MostUndecided = 512;

    const int MostBytesInLine = 1024 * 1024;

    public static async Task RunAsync<TLine, TAnswer>(
        ApiRequest request, Func<TLine, ApiRequest, Asked> command, Func<Outcome, ApiRequest, CancellationToken, Task<Answered<TAnswer>>> answer)
    {
        if (Body.Admit(request) is { } problem)
        {
            await ProblemAnswer.WriteAsync(request.Context, problem);
            return;
        }

        request.Bind("");
        request.Context.Response.ContentType = "application/x-ndjson";
        var answers = Channel.CreateUnbounded<Task<byte[]>>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        var writing = WriteAsync(request, answers.Reader);
        try
        {
            await ReadAsync(request, command, answer, answers.Writer);
        }
        catch (BadHttpRequestException e)
        {
            var refusal = e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? KernelProblems.BodyTooLarge.With($"The lines from here on were not read: a call may have {request.Address.Body!.MostBytes} bytes.")
                : KernelProblems.JsonMalformed.With("The lines from here on were not read: the request broke off.");
            answers.Writer.TryWrite(Task.FromResult(ProblemAnswer.Bytes(refusal, request.Context)));
        }
        finally
        {
            answers.Writer.TryComplete();
            await writing;
        }
    }

    static async Task ReadAsync<TLine, TAnswer>(
        ApiRequest request, Func<TLine, ApiRequest, Asked> command, Func<Outcome, ApiRequest, CancellationToken, Task<Answered<TAnswer>>> answer,
        ChannelWriter<Task<byte[]>> answers)
    {
        // Not disposed of: a caller that goes away leaves lines behind, which are still decided and then give their places back.
        var undecided = new SemaphoreSlim(MostUndecided);
        var reader = request.Context.Request.BodyReader;
        var number = 0;
        var before = Task.CompletedTask;
        var ended = false;
        while (!ended)
        {
            var result = await reader.ReadAsync(request.Cancel);
            var rest = result.Buffer;
            ended = result.IsCompleted;
            while (TakeLine(ref rest, ended, out var line))
            {
                number++;
                if (line.Span.IndexOfAnyExcept(" \t\r"u8) < 0) continue;
                await undecided.WaitAsync(request.Cancel);
                var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                answers.TryWrite(DecideAsync(line, number, request, command, answer, before, turn, undecided));
                before = turn.Task;
            }

            if (rest.Length > MostBytesInLine)
            {
                Wording refusal = $"Nothing was read from line {number + 1} on: it has more than {MostBytesInLine} bytes.";
                answers.TryWrite(Task.FromResult(Refusal(KernelProblems.BodyTooLarge.With(refusal), request)));
                ended = true;
            }

            reader.AdvanceTo(rest.Start, rest.End);
        }

        for (var free = 0; free < MostUndecided; free++) await undecided.WaitAsync(request.Cancel);
    }

    static bool TakeLine(ref ReadOnlySequence<byte> rest, bool ended, out ReadOnlyMemory<byte> line)
    {
        line = default;
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            line = rest.Slice(0, end).ToArray();
            rest = rest.Slice(rest.GetPosition(1, end));
            return true;
        }

        if (!ended || rest.IsEmpty) return false;
        line = rest.ToArray();
        rest = rest.Slice(rest.End);
        return true;
    }

    /// <summary>Decides one line. The Desk gets it after the line before it: of two orders of one customer the first is decided first.</summary>
    static async Task<byte[]> DecideAsync<TLine, TAnswer>(
        ReadOnlyMemory<byte> line, int number, ApiRequest request, Func<TLine, ApiRequest, Asked> command,
        Func<Outcome, ApiRequest, CancellationToken, Task<Answered<TAnswer>>> answer, Task before, TaskCompletionSource turn, SemaphoreSlim undecided)
    {
        try
        {
            var read = BodyReader.Read<TLine>(line);
            var asked = read.Problem is { } fault ? fault : command(read.Value!, request);
            if (asked.Command is { } known) await FindRootAsync(request.Desk.Directory, known.Subject, request.Cancel);
            await before;
            if (asked.Problem is { } refused) return Refusal(refused, request);
            var submitted = request.SubmitAsync(asked.Command!, "line " + number.ToString(CultureInfo.InvariantCulture));
            turn.SetResult();
            var done = await submitted;
            if (done.Outcome is not { } outcome) return Refusal(done.Problem!, request);
            var answered = await answer(outcome, request, request.Cancel);
            return answered.Problem is { } problem ? Refusal(problem, request) : JsonSerializer.SerializeToUtf8Bytes(answered.Value, Json.Options);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Refusal(ApiEndpoint.ProblemOf(request.Context, e, request.Log), request);
        }
        finally
        {
            turn.TrySetResult();
            undecided.Release();
        }
    }

    /// <summary>Makes the root known on this node, for many lines at once: the Desk then queues each without looking, hence in order.</summary>
    static async Task FindRootAsync(IDirectory directory, Subject subject, CancellationToken cancel)
    {
        var party = subject.Scope is null ? subject.Number : await directory.PartyOfAsync(subject.Scope, subject.Number, cancel);
        if (party is not null) await directory.RootOfAsync(party, cancel);
    }

    static byte[] Refusal(Problem problem, ApiRequest request) => ProblemAnswer.Bytes(problem, request.Context);

    static async Task WriteAsync(ApiRequest request, ChannelReader<Task<byte[]>> answers)
    {
        var writer = request.Context.Response.BodyWriter;
        await foreach (var answer in answers.ReadAllAsync(request.Cancel))
        {
            // What is ready goes out together; before waiting, what has been written is sent.
            if (!answer.IsCompleted) await writer.FlushAsync(request.Cancel);
            writer.Write(await answer);
            writer.Write("\n"u8);
        }

        await writer.FlushAsync(request.Cancel);
    }
}
