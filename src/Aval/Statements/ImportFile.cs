using System.Net.Http.Headers;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Statements.Rules;
using Microsoft.AspNetCore.WebUtilities;

namespace Aval.Statements;

/// <summary>What to do with a statement whose totals contradict its entries.</summary>
public enum UnbalancedStatements
{
    /// <summary>The file is refused whole.</summary>
    Refuse,
    /// <summary>It is recorded, with what does not agree.</summary>
    Accept,
}

/// <summary>Takes a bank's file as it is, or several as a form sends them.</summary>
static class ImportFile
{
    /// <param name="answer">What becomes of the lines, and how it is told.</param>
    internal static void Map<TAnswer>(Api api, Func<ImportedFiles, ApiRequest, CancellationToken, Task<TAnswer>> answer) => api.PostFile<TAnswer>(
        "/bank-statements", StatementPermissions.Import,
        "Takes a bank's file (camt.052, camt.053, camt.054, MT940, MT942, BAI2, or CSV by a saved mapping; the content says which), raw or as multipart/form-data",
        ["*/*"],
        async (bytes, request, cancel) =>
        {
            if (await FilesAsync(bytes, request, cancel) is not { } files)
                return KernelProblems.FieldInvalid.With("The form must hold at least one file, each part with its own boundary.");
            var company = await request.Desk.CompanyAsync(cancel);
            var import = new StatementImport(request.Store, (command, part) => request.SubmitAsync(command, part));
            var imported = await import.RunAsync(
                files, company, request.Query<string>("mapping"), request.Query<UnbalancedStatements?>("balances") == UnbalancedStatements.Accept, cancel);
            return imported.Problem is { } problem ? problem : await answer(imported.Value!, request, cancel);
        },
        [
            StatementProblems.StatementUnreadable, StatementProblems.StatementUnbalanced, StatementProblems.BankAccountUnknown, StatementProblems.MappingUnknown,
            KernelProblems.VersionStale,
        ],
        [
            new("file", typeof(string), "The file's name, for messages; a form's parts have their own."),
            new("balances", typeof(UnbalancedStatements), "What to do where totals contradict entries; refuse when absent."),
            new("mapping", typeof(string), "For CSV: the saved mapping to read by; when absent, the one whose columns the header has."),
        ]);

    /// <summary>The body, or the files of a form; null when the form holds none or is broken.</summary>
    static async Task<IReadOnlyList<BankFile>?> FilesAsync(ReadOnlyMemory<byte> bytes, ApiRequest request, CancellationToken cancel)
    {
        if (!MediaTypeHeaderValue.TryParse(request.Context.Request.ContentType, out var type) || !"multipart/form-data".Equals(type.MediaType, StringComparison.OrdinalIgnoreCase))
            return [new BankFile(Told.Text(request.Query<string>("file")) ?? "the file", bytes)];
        if (type.Parameters.FirstOrDefault(parameter => parameter.Name.Equals("boundary", StringComparison.OrdinalIgnoreCase))?.Value?.Trim('"') is not { Length: > 0 } boundary)
            return null;
        var files = new List<BankFile>();
        try
        {
            var parts = new MultipartReader(boundary, new MemoryStream(bytes.ToArray(), writable: false));
            while (await parts.ReadNextSectionAsync(cancel) is { } part)
            {
                if (part.AsFileSection() is not { FileStream: { } content } file) continue;
                using var whole = new MemoryStream();
                await content.CopyToAsync(whole, cancel);
                files.Add(new BankFile(Told.Text(file.FileName) ?? "the file", whole.ToArray()));
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return null;
        }

        return files.Count == 0 ? null : files;
    }
}
